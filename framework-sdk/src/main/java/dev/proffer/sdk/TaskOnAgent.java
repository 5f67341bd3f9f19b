package dev.proffer.sdk;

import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskID;
import java.util.Optional;

/** A task, and the agent that it was launched on where that is known: it makes the master's answers more precise. */
public record TaskOnAgent(TaskID task, Optional<AgentID> agent) {}
