package dev.proffer.crds.judgement;

import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.quota.QuotaResource;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges a namespace's Roles, Quotas and Reservations against one another. */
public final class Judge {
    /** The oldest wins; of two made in the same second, the first by name. */
    private static final Comparator<HasMetadata> BY_AGE = Comparator.<HasMetadata, String>comparing(
                    object -> Optional.ofNullable(object.getMetadata().getCreationTimestamp())
                            .orElse(""))
            .thenComparing(object -> object.getMetadata().getName());

    private final Map<RolePath, Role> roles;
    private final Map<RolePath, Quota> quotas;
    private final QuotaTree tree;

    private Judge(List<Role> roles, List<Quota> quotas, @Nullable Quantities capacity) {
        this.roles = oldest(roles, role -> path(role.getSpec().path()));
        this.quotas = oldest(
                quotas,
                quota -> problemWith(quota).isPresent()
                        ? null
                        : path(quota.getSpec().role()));
        var amounts = new TreeMap<RolePath, QuotaTree.Amounts>();
        this.quotas.forEach((path, quota) -> amounts.put(path, amounts(quota)));
        this.tree = new QuotaTree(amounts, capacity);
    }

    /** @param capacity what all agents have together; null if nobody knows yet */
    public static Judgement judge(
            List<Role> roles, List<Quota> quotas, List<Reservation> reservations, @Nullable Quantities capacity) {
        var judge = new Judge(roles, quotas, capacity);
        return new Judgement(
                rulings(roles, judge::rule), rulings(quotas, judge::rule), rulings(reservations, judge::rule));
    }

    private static <T extends HasMetadata> SortedMap<String, Ruling> rulings(
            List<T> objects, Function<T, Ruling> rule) {
        var rulings = new TreeMap<String, Ruling>();
        objects.forEach(object -> rulings.put(object.getMetadata().getName(), rule.apply(object)));
        return rulings;
    }

    private Ruling rule(Role role) {
        var path = path(role.getSpec().path());
        if (path == null) {
            return invalid(RolePath.problemWith(role.getSpec().path()).orElseThrow());
        }
        return conflictWith(role, roles.get(path), "path")
                .orElseGet(() -> new Ruling(
                        true,
                        List.of(
                                ready("InForce", "The role is in force."),
                                noConflict("No other Role has this path."))));
    }

    private Ruling rule(Quota quota) {
        var problem = problemWith(quota);
        if (problem.isPresent()) {
            return invalid(problem.get());
        }
        var path = new RolePath(quota.getSpec().role());
        return conflictWith(quota, quotas.get(path), "role")
                .orElseGet(() -> new Ruling(
                        true,
                        List.of(granted(path), tree.feasibility(path), noConflict("No other Quota has this role."))));
    }

    private Ruling rule(Reservation reservation) {
        try {
            var path = new RolePath(reservation.getSpec().role());
            Amounts.resources(reservation.getSpec().resources());
            return new Ruling(true, List.of(granted(path)));
        } catch (IllegalArgumentException problem) {
            return invalid(String.valueOf(problem.getMessage()));
        }
    }

    /** In force in any case: what is set aside for a role waits for whoever gets it. */
    private Finding granted(RolePath path) {
        for (var at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
            if (roles.containsKey(at.get())) {
                return ready("InForce", "It is in force.");
            }
        }
        return ready(
                "RoleUnknown",
                "It is in force, but there is no Role for '" + path
                        + "' or a parent of it, so that nobody is granted it; create one.");
    }

    private static <T extends HasMetadata> Optional<Ruling> conflictWith(T object, @Nullable T winner, String field) {
        if (winner == null
                || winner.getMetadata().getName().equals(object.getMetadata().getName())) {
            return Optional.empty();
        }
        var message = "%s '%s' is older and has the same %s; delete one of the two."
                .formatted(object.getKind(), winner.getMetadata().getName(), field);
        return Optional.of(new Ruling(
                false,
                List.of(
                        new Finding(Finding.READY, false, "Conflict", message),
                        new Finding(Finding.CONFLICT, true, "OlderObject", message))));
    }

    private static Ruling invalid(String problem) {
        return new Ruling(false, List.of(new Finding(Finding.READY, false, Finding.INVALID, problem)));
    }

    private static Finding ready(String reason, String message) {
        return new Finding(Finding.READY, true, reason, message);
    }

    private static Finding noConflict(String message) {
        return new Finding(Finding.CONFLICT, false, "NoConflict", message);
    }

    private static Optional<String> problemWith(Quota quota) {
        try {
            var _ = new RolePath(quota.getSpec().role());
            var amounts = amounts(quota);
            return amounts.guarantees().entrySet().stream()
                    .filter(entry -> amounts.limits().getOrDefault(entry.getKey(), Long.MAX_VALUE) < entry.getValue())
                    .findFirst()
                    .map(entry -> "the guarantee of " + entry.getKey() + " exceeds its limit");
        } catch (IllegalArgumentException problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }

    private static QuotaTree.Amounts amounts(Quota quota) {
        var guarantees = new TreeMap<String, Long>();
        var limits = new TreeMap<String, Long>();
        for (QuotaResource resource : quota.getSpec().resources()) {
            if (resource.guarantee() != null) {
                Scalar amount = Amounts.scalar(resource.name(), resource.guarantee());
                if (!amount.isEmpty()) {
                    guarantees.put(resource.name(), amount.thousandths());
                }
            }
            if (resource.limit() != null) {
                limits.put(
                        resource.name(),
                        Amounts.scalar(resource.name(), resource.limit()).thousandths());
            }
        }
        return new QuotaTree.Amounts(guarantees, limits);
    }

    private static @Nullable RolePath path(String path) {
        return RolePath.problemWith(path).isPresent() ? null : new RolePath(path);
    }

    private static <T extends HasMetadata> Map<RolePath, T> oldest(
            List<T> objects, Function<T, @Nullable RolePath> path) {
        var winners = new TreeMap<RolePath, T>();
        for (var object : objects.stream().sorted(BY_AGE).toList()) {
            var key = path.apply(object);
            if (key != null) {
                winners.putIfAbsent(key, object);
            }
        }
        return winners;
    }
}
