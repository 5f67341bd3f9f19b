package dev.proffer.master.core.books;

import dev.proffer.allocator.FrameworkCapability;
import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.OfferFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the allocator needs to know of a framework, out of its valid FrameworkInfo. */
final class FrameworkProfiles {
    private FrameworkProfiles() {}

    static FrameworkProfile of(Framework framework) {
        var roles = framework.roles();
        var capabilities = new ArrayList<FrameworkCapability>();
        framework.capabilities().types().forEach(type -> capability(type).ifPresent(capabilities::add));
        return new FrameworkProfile(
                roles.usable(),
                roles.suppressed().stream()
                        .filter(role -> !roles.withheld().contains(role))
                        .toList(),
                capabilities,
                minAllocatable(framework.info()),
                roles.constraints());
    }

    private static Optional<FrameworkCapability> capability(FrameworkInfo.Capability.Type type) {
        return switch (type) {
            case REVOCABLE_RESOURCES -> Optional.of(FrameworkCapability.REVOCABLE_RESOURCES);
            case GPU_RESOURCES -> Optional.of(FrameworkCapability.GPU_RESOURCES);
            case SHARED_RESOURCES -> Optional.of(FrameworkCapability.SHARED_RESOURCES);
            case MULTI_ROLE -> Optional.of(FrameworkCapability.MULTI_ROLE);
            case RESERVATION_REFINEMENT -> Optional.of(FrameworkCapability.RESERVATION_REFINEMENT);
            case REGION_AWARE -> Optional.of(FrameworkCapability.REGION_AWARE);
            case UNKNOWN, TASK_KILLING_STATE, PARTITION_AWARE -> Optional.empty();
        };
    }

    private static SortedMap<RolePath, List<Quantities>> minAllocatable(FrameworkInfo info) {
        var byRole = new TreeMap<RolePath, List<Quantities>>();
        info.getOfferFiltersMap().forEach((role, filters) -> {
            if (filters.hasMinAllocatableResources()) {
                byRole.put(
                        new RolePath(role),
                        filters.getMinAllocatableResources().getQuantitiesList().stream()
                                .map(FrameworkProfiles::quantities)
                                .toList());
            }
        });
        return byRole;
    }

    private static Quantities quantities(OfferFilters.ResourceQuantities wire) {
        var byName = new TreeMap<String, Long>();
        wire.getQuantitiesMap()
                .forEach((name, amount) ->
                        byName.put(name, Scalar.of(amount.getValue()).thousandths()));
        return Quantities.of(byName);
    }
}
