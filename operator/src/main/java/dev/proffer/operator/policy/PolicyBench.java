package dev.proffer.operator.policy;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.judgement.Judge;
import dev.proffer.crds.judgement.Judgement;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.model.Quantities;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.policy.Capacity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is judged together, as it is now in the operator's namespace: one cache for the three reconcilers, which are told of
 * every change that may change another object's conditions.
 */
@Singleton
public final class PolicyBench implements AutoCloseable {
    private final SharedIndexInformer<Role> roles;
    private final SharedIndexInformer<Quota> quotas;
    private final SharedIndexInformer<Reservation> reservations;
    private final SharedIndexInformer<ProfferCluster> clusters;
    private final SharedIndexInformer<DaemonSet> daemonSets;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Judged last;

    @Inject
    public PolicyBench(KubernetesClient client) {
        this.roles = client.resources(Role.class).inform(new Told<>(this::changed));
        this.quotas = client.resources(Quota.class).inform(new Told<>(this::changed));
        this.reservations = client.resources(Reservation.class).inform(new Told<>(this::changed));
        this.clusters = client.resources(ProfferCluster.class).inform(new Told<>(this::changed));
        this.daemonSets = client.apps()
                .daemonSets()
                .withLabelSelector(Labels.MADE_BY_OPERATOR)
                .inform(new Told<>(this::changed));
    }

    /** What was judged by what. */
    private record Judged(List<String> key, Judgement judgement) {}

    /** {@code listener} is to be quick; it may be told on any thread. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    List<Role> roles() {
        return roles.getStore().list();
    }

    List<Quota> quotas() {
        return quotas.getStore().list();
    }

    List<Reservation> reservations() {
        return reservations.getStore().list();
    }

    boolean hasCluster() {
        return clusters.getStore().list().stream()
                .anyMatch(cluster -> cluster.getMetadata().getDeletionTimestamp() == null
                        || !cluster.getMetadata().getFinalizers().isEmpty());
    }

    /** Judged once for all that ask between two changes. */
    synchronized Judgement judgement() {
        var capacity = capacity();
        var key = key(capacity);
        var known = last;
        if (known == null || !known.key().equals(key)) {
            known = new Judged(key, Judge.judge(roles(), quotas(), reservations(), capacity.orElse(null)));
            last = known;
        }
        return known.judgement();
    }

    private Optional<Quantities> capacity() {
        return clusters.getStore().list().stream()
                .flatMap(cluster -> Capacity.of(cluster, daemonSets.getStore().list()).stream())
                .findFirst();
    }

    private List<String> key(Optional<Quantities> capacity) {
        var key = new ArrayList<String>();
        Stream.of(roles(), quotas(), reservations())
                .flatMap(List::stream)
                .map(HasMetadata::getMetadata)
                .map(meta -> meta.getUid() + ":" + meta.getGeneration())
                .sorted()
                .forEach(key::add);
        key.add(capacity.toString());
        return key;
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {
        Stream.of(roles, quotas, reservations, clusters, daemonSets).forEach(SharedIndexInformer::stop);
    }

    /** Told of what is made, changed by people, or gone; of DaemonSets also how many agents are ready. */
    private record Told<T extends HasMetadata>(Runnable changed) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T now) {
            if (before.getMetadata().getGeneration() == null
                    || !before.getMetadata()
                            .getGeneration()
                            .equals(now.getMetadata().getGeneration())
                    || now instanceof DaemonSet) {
                changed.run();
            }
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed.run();
        }
    }
}
