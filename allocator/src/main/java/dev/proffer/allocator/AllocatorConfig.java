package dev.proffer.allocator;

import dev.proffer.model.FaultDomain;
import dev.proffer.model.Quantities;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How an allocator is set up.
 *
 * @param mesosExact whether to decide in every case as Mesos does, without the improvements upon it
 */
public record AllocatorConfig(Timing timing, Ordering ordering, Eligibility eligibility, boolean mesosExact) {
    public static final AllocatorConfig DEFAULT = new AllocatorConfig(
            new Timing(Duration.ofSeconds(1), Duration.ofMillis(2)),
            new Ordering(OrderPolicy.DRF, OrderPolicy.DRF, VisitOrder.RANDOM, new TreeSet<>()),
            new Eligibility(List.of(Quantities.parse("cpus:0.01"), Quantities.parse("mem:32")), true, Optional.empty()),
            false);

    /**
     * When runs happen.
     *
     * @param allocationInterval the time between two full passes
     * @param eventDelay how long an event's run waits for company, so that many events share one run
     */
    public record Timing(Duration allocationInterval, Duration eventDelay) {
        public Timing {
            if (allocationInterval.isNegative() || allocationInterval.isZero()) {
                throw new IllegalArgumentException("allocationInterval must be positive, but is " + allocationInterval);
            }
            if (eventDelay.isNegative()) {
                throw new IllegalArgumentException("eventDelay must not be negative, but is " + eventDelay);
            }
        }
    }

    /**
     * Who comes first.
     *
     * @param roles the policy of roles that name none
     * @param frameworks the policy among the frameworks of such a role
     * @param visits in which order agents are visited
     * @param uncountedForShares names of resources that do not count for dominant shares
     */
    public record Ordering(
            OrderPolicy roles, OrderPolicy frameworks, VisitOrder visits, SortedSet<String> uncountedForShares) {
        public Ordering {
            uncountedForShares = Collections.unmodifiableSortedSet(new TreeSet<>(uncountedForShares));
        }
    }

    /**
     * Who may be offered what.
     *
     * @param minAllocatable the smallest offers worth making: any of the quantities suffices; empty means that anything will
     *     do
     * @param filterGpuResources whether agents with GPUs are kept for frameworks with GPU_RESOURCES
     * @param domain where the master stands; empty means that all agents are local
     */
    public record Eligibility(
            List<Quantities> minAllocatable, boolean filterGpuResources, Optional<FaultDomain> domain) {
        public Eligibility {
            minAllocatable = List.copyOf(minAllocatable);
        }
    }

    public AllocatorConfig with(Timing changed) {
        return new AllocatorConfig(changed, ordering, eligibility, mesosExact);
    }

    public AllocatorConfig with(Ordering changed) {
        return new AllocatorConfig(timing, changed, eligibility, mesosExact);
    }

    public AllocatorConfig with(Eligibility changed) {
        return new AllocatorConfig(timing, ordering, changed, mesosExact);
    }

    public AllocatorConfig withAllocationInterval(Duration interval) {
        return with(new Timing(interval, timing.eventDelay));
    }

    public AllocatorConfig withOrders(OrderPolicy roles, OrderPolicy frameworks) {
        return with(new Ordering(roles, frameworks, ordering.visits, ordering.uncountedForShares));
    }

    public AllocatorConfig withVisits(VisitOrder visits) {
        return with(new Ordering(ordering.roles, ordering.frameworks, visits, ordering.uncountedForShares));
    }

    public AllocatorConfig withUncountedForShares(SortedSet<String> names) {
        return with(new Ordering(ordering.roles, ordering.frameworks, ordering.visits, names));
    }

    public AllocatorConfig withMinAllocatable(List<Quantities> alternatives) {
        return with(new Eligibility(alternatives, eligibility.filterGpuResources, eligibility.domain));
    }

    public AllocatorConfig withDomain(FaultDomain where) {
        return with(new Eligibility(eligibility.minAllocatable, eligibility.filterGpuResources, Optional.of(where)));
    }

    public AllocatorConfig withMesosExact() {
        return new AllocatorConfig(timing, ordering, eligibility, true);
    }
}
