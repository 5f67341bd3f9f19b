package dev.proffer.allocator;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;

/** One offer to be: resources of one agent for one framework in one of its roles. Never empty, but for inverse offers. */
public sealed interface Allocation {
    FrameworkId framework();

    AgentId agent();

    record Offer(FrameworkId framework, RolePath role, AgentId agent, Resources resources) implements Allocation {}

    /** The agent goes into maintenance: the framework is asked to give back all that it holds there. */
    record InverseOffer(FrameworkId framework, AgentId agent, Unavailability unavailability) implements Allocation {}
}
