package dev.proffer.allocator.explain;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.Framework;
import dev.proffer.allocator.books.Slot;
import dev.proffer.model.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures fragmentation over all agents that can be offered. */
public final class FragmentationMeter {
    private final Cluster cluster;

    public FragmentationMeter(Cluster cluster) {
        this.cluster = cluster;
    }

    public Fragmentation measure() {
        var wanted = smallestLaunches();
        var stranded = new Amounts();
        int strandedAgents = 0;
        @Nullable Agent largest = null;
        double largestShare = 0;
        for (var agent : cluster.agents()) {
            var free = agent.free().charged();
            if (!agent.isActive() || !agent.isListed() || free.isZero()) {
                continue;
            }
            if (!wanted.isEmpty() && wanted.stream().noneMatch(free::contains)) {
                stranded.add(free);
                strandedAgents++;
            }
            double share = cluster.pool().dominantShare(free);
            if (share > largestShare) {
                largest = agent;
                largestShare = share;
            }
        }
        return new Fragmentation(
                stranded.toQuantities(cluster.names()),
                strandedAgents,
                largest == null ? Quantities.NONE : largest.free().charged().toQuantities(cluster.names()),
                Optional.ofNullable(largest).map(Agent::id));
    }

    private List<Amounts> smallestLaunches() {
        var smallest = new ArrayList<Amounts>();
        for (Framework framework : cluster.frameworks()) {
            if (framework.slots().stream().anyMatch(Slot::isActive)) {
                framework.recentLaunches().smallest(cluster.pool()).ifPresent(smallest::add);
            }
        }
        return smallest;
    }
}
