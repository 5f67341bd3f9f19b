package dev.proffer.master.core.snapshot;

import dev.proffer.allocator.Unavailability;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;

/** An inverse offer that has neither been answered nor rescinded: the framework is asked to leave the agent. */
public record InverseOfferSnapshot(OfferId id, FrameworkId framework, AgentId agent, Unavailability unavailability) {}
