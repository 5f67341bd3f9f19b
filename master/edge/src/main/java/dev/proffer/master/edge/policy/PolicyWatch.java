package dev.proffer.master.edge.policy;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All kinds that make policy. One thread, but for {@link #confirmedAt()}. */
final class PolicyWatch implements AutoCloseable {
    private static final String ALL_NAMESPACES = "*";

    private final PolicyPlace place;
    private final Sources sources;
    private final Runnable changed;
    private final Followed<ProfferCluster> clusters;
    private final Followed<Role> roles;
    private final Followed<Quota> quotas;
    private final Followed<Reservation> reservations;

    /** By namespace; one entry for all of them, or one for each that is admitted. */
    private final SortedMap<String, Followed<Framework>> frameworks = new TreeMap<>();

    private @Nullable ProfferCluster cluster;

    /** @param changed called on any thread when there is something to {@link #look} at */
    PolicyWatch(PolicyPlace place, Sources sources, Runnable changed) {
        this.place = place;
        this.sources = sources;
        this.changed = changed;
        this.clusters = follow(ProfferCluster.class, place.namespace());
        this.roles = follow(Role.class, place.namespace());
        this.quotas = follow(Quota.class, place.namespace());
        this.reservations = follow(Reservation.class, place.namespace());
    }

    /** Looks at what changed; the objects, once all of them have been read. */
    Optional<PolicyObjects> look(Moment now) {
        followed().forEach(kind -> kind.view.look(now));
        clusters.view.objects().stream()
                .filter(object -> object.getMetadata().getName().equals(place.cluster()))
                .findFirst()
                .ifPresent(object -> cluster = object);
        var present = cluster;
        if (present == null) {
            return Optional.empty();
        }
        follow(namespaces(present), now);
        if (!followed().allMatch(kind -> kind.view.isKnown())) {
            return Optional.empty();
        }
        var declared = new ArrayList<Framework>();
        frameworks.values().forEach(namespace -> declared.addAll(namespace.view.objects()));
        return Optional.of(new PolicyObjects(
                present, roles.view.objects(), quotas.view.objects(), reservations.view.objects(), declared));
    }

    long nextDeadline() {
        return followed().mapToLong(kind -> kind.view.nextDeadline()).min().orElse(Long.MAX_VALUE);
    }

    /** When each kind was last known to be as it is held, in monotonic nanoseconds. Any thread. */
    SortedMap<String, Supplier<Long>> confirmedAt() {
        var confirmed = new TreeMap<String, Supplier<Long>>();
        Stream.of(clusters, roles, quotas, reservations)
                .forEach(kind -> confirmed.put(kind.name, kind.view::confirmedAt));
        return confirmed;
    }

    private Set<String> namespaces(ProfferCluster object) {
        var admitted = new TreeSet<>(object.getSpec().admission().namespaces());
        admitted.add(place.namespace());
        return admitted.contains(ALL_NAMESPACES) ? Set.of(ALL_NAMESPACES) : admitted;
    }

    private void follow(Set<String> namespaces, Moment now) {
        for (var namespace : List.copyOf(frameworks.keySet())) {
            if (!namespaces.contains(namespace)) {
                Objects.requireNonNull(frameworks.remove(namespace)).source.close();
            }
        }
        for (var namespace : namespaces) {
            if (!frameworks.containsKey(namespace)) {
                var begun = follow(Framework.class, namespace.equals(ALL_NAMESPACES) ? null : namespace);
                frameworks.put(namespace, begun);
                begun.view.look(now);
            }
        }
    }

    private <T extends HasMetadata> Followed<T> follow(Class<T> kind, @Nullable String namespace) {
        var source = sources.of(kind, namespace);
        source.start(changed);
        return new Followed<>(kind.getSimpleName(), source, new KindView<>(kind.getSimpleName(), source));
    }

    private Stream<Followed<?>> followed() {
        return Stream.concat(
                Stream.of(clusters, roles, quotas, reservations), List.copyOf(frameworks.values()).stream());
    }

    @Override
    public void close() {
        followed().forEach(kind -> kind.source.close());
    }

    /** Where objects are followed. */
    interface Sources {
        /** @param namespace null for all */
        <T extends HasMetadata> KindSource<T> of(Class<T> kind, @Nullable String namespace);
    }

    private record Followed<T extends HasMetadata>(String name, KindSource<T> source, KindView<T> view) {}
}
