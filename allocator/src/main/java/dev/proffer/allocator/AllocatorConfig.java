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
 * @param allocationInterval the time between two full passes
 * @param eventDelay how long an event's run waits for company, so that many events share one run
 * @param minAllocatable the smallest offers worth making: any of the quantities suffices; empty means that anything will do
 * @param filterGpuResources whether agents with GPUs are kept for frameworks with GPU_RESOURCES
 * @param uncountedForShares names of resources that do not count for dominant shares
 * @param roleOrder the policy of roles that name none
 * @param frameworkOrder the policy among the frameworks of such a role
 * @param visitOrder in which order agents are visited
 * @param domain where the master stands; empty means that all agents are local
 * @param mesosExact whether to decide in every case as Mesos does, without the improvements upon it
 */
public record AllocatorConfig(
        Duration allocationInterval,
        Duration eventDelay,
        List<Quantities> minAllocatable,
        boolean filterGpuResources,
        SortedSet<String> uncountedForShares,
        OrderPolicy roleOrder,
        OrderPolicy frameworkOrder,
        VisitOrder visitOrder,
        Optional<FaultDomain> domain,
        boolean mesosExact) {

    public static final AllocatorConfig DEFAULT = new AllocatorConfig(
            Duration.ofSeconds(1),
            Duration.ofMillis(2),
            List.of(Quantities.parse("cpus:0.01"), Quantities.parse("mem:32")),
            true,
            new TreeSet<>(),
            OrderPolicy.DRF,
            OrderPolicy.DRF,
            VisitOrder.RANDOM,
            Optional.empty(),
            false);

    public AllocatorConfig {
        if (allocationInterval.isNegative() || allocationInterval.isZero()) {
            throw new IllegalArgumentException("allocationInterval must be positive, but is " + allocationInterval);
        }
        if (eventDelay.isNegative()) {
            throw new IllegalArgumentException("eventDelay must not be negative, but is " + eventDelay);
        }
        minAllocatable = List.copyOf(minAllocatable);
        uncountedForShares = Collections.unmodifiableSortedSet(new TreeSet<>(uncountedForShares));
    }

    public AllocatorConfig withAllocationInterval(Duration interval) {
        return new AllocatorConfig(
                interval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                uncountedForShares,
                roleOrder,
                frameworkOrder,
                visitOrder,
                domain,
                mesosExact);
    }

    public AllocatorConfig withMinAllocatable(List<Quantities> alternatives) {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                alternatives,
                filterGpuResources,
                uncountedForShares,
                roleOrder,
                frameworkOrder,
                visitOrder,
                domain,
                mesosExact);
    }

    public AllocatorConfig withUncountedForShares(SortedSet<String> names) {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                names,
                roleOrder,
                frameworkOrder,
                visitOrder,
                domain,
                mesosExact);
    }

    public AllocatorConfig withOrders(OrderPolicy roles, OrderPolicy frameworks) {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                uncountedForShares,
                roles,
                frameworks,
                visitOrder,
                domain,
                mesosExact);
    }

    public AllocatorConfig withVisitOrder(VisitOrder order) {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                uncountedForShares,
                roleOrder,
                frameworkOrder,
                order,
                domain,
                mesosExact);
    }

    public AllocatorConfig withDomain(FaultDomain where) {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                uncountedForShares,
                roleOrder,
                frameworkOrder,
                visitOrder,
                Optional.of(where),
                mesosExact);
    }

    public AllocatorConfig withMesosExact() {
        return new AllocatorConfig(
                allocationInterval,
                eventDelay,
                minAllocatable,
                filterGpuResources,
                uncountedForShares,
                roleOrder,
                frameworkOrder,
                visitOrder,
                domain,
                true);
    }
}
