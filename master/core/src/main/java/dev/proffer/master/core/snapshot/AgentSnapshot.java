package dev.proffer.master.core.snapshot;

import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered agent, with what runs and is offered there.
 *
 * @param info as the agent described itself, with its id
 * @param connected whether it has a link now; without one it is offered to nobody
 * @param problems what keeps it from having more than that total
 * @param tasks the live ones, and those that ended but whose end is not acknowledged
 * @param maintenance what is to become of it
 */
public record AgentSnapshot(
        AgentId id,
        AgentInfo info,
        List<AgentInfo.Capability> capabilities,
        String version,
        String address,
        boolean connected,
        Instant registeredAt,
        Optional<Instant> reregisteredAt,
        Resources total,
        List<Problem> problems,
        List<TaskSnapshot> tasks,
        List<OfferSnapshot> offers,
        MaintenanceSnapshot maintenance) {
    public AgentSnapshot {
        capabilities = List.copyOf(capabilities);
        problems = List.copyOf(problems);
        tasks = List.copyOf(tasks);
        offers = List.copyOf(offers);
    }

    /** Whether it is offered. */
    public boolean active() {
        return connected && maintenance.offered();
    }

    /** Whether it is not offered though it could be: people wish so. */
    public boolean deactivated() {
        return !maintenance.policy().admitsOffers() || (connected && !maintenance.offered());
    }
}
