package dev.proffer.master.core.validation;

import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.OfferFilters;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a subscriber must say of itself. The rules and their order are those of Mesos' framework validation. */
public final class FrameworkValidation {
    /** The longest duration in whole nanoseconds that 64 bits hold. */
    private static final double LONGEST_SECONDS = Long.MAX_VALUE / 1e9;

    private FrameworkValidation() {}

    /** The first problem with the FrameworkInfo itself. */
    public static Optional<String> problemWith(FrameworkInfo info) {
        return rolesProblem(info)
                .or(() -> idProblem(info))
                .or(() -> offerFiltersProblem(info))
                .or(() -> failoverTimeoutProblem(info.getFailoverTimeout()));
    }

    /** The first problem with what else SUBSCRIBE says. */
    public static Optional<String> problemWith(Call.Subscribe subscribe) {
        var roles = rolesOf(subscribe.getFrameworkInfo());
        return suppressedProblem(subscribe.getSuppressedRolesList(), roles)
                .or(() -> ConstraintsValidation.problemWith(subscribe.getOfferConstraints(), roles));
    }

    /** The roles as the framework names them: one without MULTI_ROLE, a list with it. */
    @SuppressWarnings("deprecation") // Frameworks without MULTI_ROLE set the deprecated field.
    public static List<String> rolesOf(FrameworkInfo info) {
        return isMultiRole(info) ? info.getRolesList() : List.of(info.getRole());
    }

    @SuppressWarnings("deprecation") // As above.
    private static Optional<String> rolesProblem(FrameworkInfo info) {
        if (isMultiRole(info) && info.hasRole()) {
            return Optional.of("'FrameworkInfo.role' must not be set with the capability MULTI_ROLE; use 'roles'");
        }
        if (!isMultiRole(info) && info.getRolesCount() > 0) {
            return Optional.of("'FrameworkInfo.roles' must not be set without the capability MULTI_ROLE; use 'role'");
        }
        var seen = new TreeSet<String>();
        var duplicates = new TreeSet<String>();
        for (var role : info.getRolesList()) {
            if (!seen.add(role)) {
                duplicates.add(role);
            }
        }
        if (!duplicates.isEmpty()) {
            return Optional.of("'FrameworkInfo.roles' must not name a role twice, but does: " + duplicates);
        }
        return rolesOf(info).stream()
                .map(role -> RolePath.problemWith(role).map(problem -> "Invalid role in FrameworkInfo: " + problem))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isMultiRole(FrameworkInfo info) {
        return info.getCapabilitiesList().stream()
                .anyMatch(capability -> capability.getType() == Capability.Type.MULTI_ROLE);
    }

    /** An empty id means none, as in Mesos. */
    private static Optional<String> idProblem(FrameworkInfo info) {
        var id = info.getId().getValue();
        return id.isEmpty() ? Optional.empty() : IdSyntax.problemWith("FrameworkInfo.id", id);
    }

    private static Optional<String> offerFiltersProblem(FrameworkInfo info) {
        for (var role : new TreeSet<>(info.getOfferFiltersMap().keySet())) {
            var field = "'FrameworkInfo.offer_filters' for role '" + role + "'";
            var roleProblem = RolePath.problemWith(role);
            if (roleProblem.isPresent()) {
                return Optional.of(field + ": " + roleProblem.get());
            }
            var filters = info.getOfferFiltersOrThrow(role).getMinAllocatableResources();
            for (var quantities : filters.getQuantitiesList()) {
                var problem = quantitiesProblem(quantities);
                if (problem.isPresent()) {
                    return Optional.of(field + ": " + problem.get());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> quantitiesProblem(OfferFilters.ResourceQuantities wire) {
        if (wire.getQuantitiesCount() == 0) {
            return Optional.of("each set of quantities must name a resource; for no minimum leave all sets out");
        }
        for (var name : new TreeSet<>(wire.getQuantitiesMap().keySet())) {
            try {
                Scalar.of(wire.getQuantitiesOrThrow(name).getValue());
            } catch (IllegalArgumentException outOfBounds) {
                return Optional.of("the quantity of '" + name + "': " + outOfBounds.getMessage());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> failoverTimeoutProblem(double seconds) {
        return Math.abs(seconds) < LONGEST_SECONDS
                ? Optional.empty()
                : Optional.of("'FrameworkInfo.failover_timeout' must be a duration in seconds below "
                        + (long) LONGEST_SECONDS + ", but is " + seconds);
    }

    private static Optional<String> suppressedProblem(List<String> suppressed, List<String> roles) {
        var foreign = new TreeSet<>(suppressed);
        roles.forEach(foreign::remove);
        return foreign.isEmpty()
                ? Optional.empty()
                : Optional.of("'suppressed_roles' must be among the framework's roles, but these are not: " + foreign);
    }
}
