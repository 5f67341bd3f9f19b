package dev.proffer.master.edge.policy;

import dev.proffer.allocator.Limits;
import dev.proffer.allocator.OrderPolicy;
import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.quota.QuotaResource;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.master.core.policy.AgentPools;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.DeclaredRole;
import dev.proffer.master.core.policy.Subject;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the administrator's objects declare, in the core's words. All of them are in force, and so valid. */
final class Declarations {
    private Declarations() {}

    static SortedMap<RolePath, DeclaredRole> roles(List<Role> objects) {
        var roles = new TreeMap<RolePath, DeclaredRole>();
        for (var object : objects) {
            var spec = object.getSpec();
            var order = OrderPolicy.valueOf(spec.policy().name());
            var subjects =
                    spec.allowedSubjects().stream().map(Declarations::subject).toList();
            roles.put(new RolePath(spec.path()), new DeclaredRole(spec.weight(), spec.priority(), order, subjects));
        }
        return roles;
    }

    private static Subject subject(dev.proffer.crds.role.Subject declared) {
        return switch (declared.kind()) {
            case ServiceAccount -> new Subject.ServiceAccount(declared.namespace(), declared.name());
            case User -> new Subject.User(declared.name());
            case Group -> new Subject.Group(declared.name());
        };
    }

    static SortedMap<RolePath, DeclaredQuota> quotas(List<Quota> objects) {
        var quotas = new TreeMap<RolePath, DeclaredQuota>();
        for (var object : objects) {
            var guarantees = new TreeMap<String, Long>();
            var limits = new TreeMap<String, Long>();
            for (QuotaResource resource : object.getSpec().resources()) {
                if (resource.guarantee() != null) {
                    guarantees.put(resource.name(), thousandths(resource.name(), resource.guarantee()));
                }
                if (resource.limit() != null) {
                    limits.put(resource.name(), thousandths(resource.name(), resource.limit()));
                }
            }
            quotas.put(
                    new RolePath(object.getSpec().role()),
                    new DeclaredQuota(Quantities.of(guarantees), new Limits(limits)));
        }
        return quotas;
    }

    private static long thousandths(String name, Quantity quantity) {
        return Amounts.scalar(name, quantity).thousandths();
    }

    static List<DeclaredReservation> reservations(List<Reservation> objects) {
        return objects.stream()
                .sorted(Comparator.<Reservation, String>comparing(
                                object -> object.getMetadata().getCreationTimestamp())
                        .thenComparing(object -> object.getMetadata().getName()))
                .map(Declarations::reservation)
                .toList();
    }

    private static DeclaredReservation reservation(Reservation object) {
        var spec = object.getSpec();
        var count = spec.count();
        return new DeclaredReservation(
                object.getMetadata().getName(),
                new RolePath(spec.role()),
                Amounts.resources(spec.resources()).scalars(),
                selector(spec.agentName(), spec.agentSelector()),
                count == null ? OptionalInt.empty() : OptionalInt.of(count));
    }

    private static AgentSelector selector(
            @Nullable String agentName, dev.proffer.crds.reservation.@Nullable AgentSelector selector) {
        if (agentName != null) {
            return AgentSelector.withHostname(agentName);
        }
        var attributes = new TreeMap<String, String>();
        if (selector != null) {
            selector.matchAttributes().forEach(match -> attributes.put(match.name(), match.value()));
        }
        return new AgentSelector(Optional.empty(), List.of(), attributes);
    }

    /** Of pools of one name, the first counts. */
    static AgentPools pools(List<AgentPool> pools) {
        var labels = new TreeMap<String, List<String>>();
        pools.forEach(pool -> labels.putIfAbsent(pool.name(), pool.attributesFromLabels()));
        return new AgentPools(labels);
    }
}
