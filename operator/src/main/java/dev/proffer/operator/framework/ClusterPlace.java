package dev.proffer.operator.framework;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.cluster.ClusterNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Frameworks need to know of the ProfferCluster in the operator's namespace. */
@Singleton
public final class ClusterPlace implements AutoCloseable {
    private final String namespace;
    private final SharedIndexInformer<ProfferCluster> clusters;
    private final SharedIndexInformer<ConfigMap> trust;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Inject
    public ClusterPlace(KubernetesClient client) {
        this.namespace = client.getNamespace();
        this.clusters = client.resources(ProfferCluster.class).inform(new Told<>(this::changed));
        this.trust = client.configMaps()
                .withLabelSelector(Labels.MADE_BY_OPERATOR + "," + Labels.CLUSTER)
                .inform(new Told<>(this::changed));
    }

    /** {@code listener} is to be quick; it may be told on any thread. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The operator's. */
    String namespace() {
        return namespace;
    }

    Optional<ProfferCluster> cluster(String name) {
        return Optional.ofNullable(clusters.getStore().getByKey(namespace + "/" + name));
    }

    /** The certificates, in PEM, by which masters are known. */
    Optional<String> trust() {
        return Optional.ofNullable(trust.getStore().getByKey(namespace + "/" + ClusterNames.TRUST))
                .map(ConfigMap::getData)
                .map(data -> data.get(ClusterAccess.TRUST_KEY));
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {
        clusters.stop();
        trust.stop();
    }

    /** Of ProfferClusters only what people change. */
    private record Told<T extends HasMetadata>(Runnable changed) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T now) {
            boolean same = isSame(before, now);
            if (!same) {
                changed.run();
            }
        }

        private static boolean isSame(HasMetadata before, HasMetadata now) {
            if (before instanceof ConfigMap former && now instanceof ConfigMap after) {
                return !after.getMetadata().getName().equals(ClusterNames.TRUST)
                        || Objects.equals(former.getData(), after.getData());
            }
            return Objects.equals(
                    before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed.run();
        }
    }
}
