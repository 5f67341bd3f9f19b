package dev.proffer.master.core.snapshot;

import dev.proffer.model.AgentId;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;

/** An agent that gave no sign for too long. It may return under its id. */
public record UnreachableAgentSnapshot(AgentId id, AgentInfo info, Instant since) {}
