package dev.proffer.master.core.registry;

import dev.proffer.allocator.Unavailability;
import java.util.Optional;

/**
 * What people wish of an agent. It is stored before a master hears of it, so that the next leader obeys it as well.
 *
 * @param deactivated no offers; tasks run on
 * @param drain no offers, and tasks are ended
 * @param maintenance when its machine is to be unavailable: frameworks are told and asked to leave, no more
 */
public record AgentPolicy(boolean deactivated, Optional<Drain> drain, Optional<Unavailability> maintenance) {
    /** Nothing special. */
    public static final AgentPolicy NONE = new AgentPolicy(false, Optional.empty(), Optional.empty());

    /** Whether the agent may be offered. */
    public boolean admitsOffers() {
        return !deactivated && drain.isEmpty();
    }
}
