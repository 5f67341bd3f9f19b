package dev.proffer.allocator.run;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.Framework;
import dev.proffer.allocator.books.Maintenance;
import dev.proffer.allocator.books.Slot;
import dev.proffer.model.Moment;
import java.util.LinkedHashSet;
import java.util.List;

/** Asks frameworks to give back agents whose machines will be unavailable. */
final class InverseOffers {
    private InverseOffers() {}

    /** One for each active framework that holds anything there and has not been asked, or has refused long enough ago. */
    static void addTo(List<Allocation> allocations, Moment now, Cluster cluster, Candidates candidates) {
        var places = cluster.agentsInMaintenance();
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            var agent = cluster.agent(i);
            if (agent == null || !agent.isListed() || !candidates.contains(agent)) {
                continue;
            }
            var maintenance = agent.maintenance();
            if (maintenance != null) {
                ask(allocations, now, agent, maintenance);
            }
        }
    }

    private static void ask(List<Allocation> allocations, Moment now, Agent agent, Maintenance maintenance) {
        var holders = new LinkedHashSet<Framework>();
        agent.held().keySet().stream().map(Slot::framework).forEach(holders::add);
        for (var framework : holders) {
            if (framework.isActive() && maintenance.mayAsk(framework.id(), now.nanos())) {
                maintenance.ask(framework.id());
                allocations.add(new Allocation.InverseOffer(framework.id(), agent.id(), maintenance.unavailability()));
            }
        }
    }
}
