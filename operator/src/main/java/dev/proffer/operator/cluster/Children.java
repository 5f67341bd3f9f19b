package dev.proffer.operator.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.kubernetes.Refusals;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.cluster.ClusterPlan;
import dev.proffer.operator.plan.cluster.OptionalKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what exists what the plan says. Objects of a cluster are known by their label. */
final class Children {
    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    private final KubernetesClient client;
    private final Writer writer;

    Children(KubernetesClient client) {
        this.client = client;
        this.writer = new Writer(client);
    }

    /** An object's kind and name, within its namespace. */
    private record Key(String kind, String name) {
        static Key of(HasMetadata object) {
            return new Key(object.getKind(), object.getMetadata().getName());
        }
    }

    /**
     * Applies what differs, makes what is missing, deletes what is wanted no more. What is refused does not keep the rest from
     * being done.
     *
     * @return what was refused, and why
     */
    List<String> converge(
            ProfferCluster cluster, ClusterPlan plan, Set<OptionalKind> kinds, Context<ProfferCluster> context) {
        var existing = new HashMap<Key, HasMetadata>();
        existing(context).forEach(child -> existing.put(Key.of(child), child));
        var refusals = new ArrayList<String>();
        for (var child : plan.children()) {
            var actual = existing.get(Key.of(child));
            if (actual == null || !isAsWanted(actual, child, context)) {
                Refusals.attempt(child, () -> writer.apply(child)).ifPresent(refusals::add);
            }
        }
        for (var child : plan.madeOnce()) {
            if (!existing.containsKey(Key.of(child))) {
                Refusals.attempt(child, () -> writer.createIfMissing(child)).ifPresent(refusals::add);
            }
        }
        sweep(cluster, plan, kinds, existing);
        return refusals;
    }

    /** Those of the kinds that are watched. */
    static List<HasMetadata> existing(Context<ProfferCluster> context) {
        var existing = new ArrayList<HasMetadata>();
        for (var kind : ChildKinds.ALL) {
            existing.addAll(context.getSecondaryResources(kind));
        }
        return existing;
    }

    /** Those of other products' kinds. */
    List<GenericKubernetesResource> ofOptionalKinds(ProfferCluster cluster, Set<OptionalKind> kinds) {
        return kinds.stream()
                .sorted()
                .flatMap(kind -> client
                        .genericKubernetesResources(kind.apiVersion(), kind.kind())
                        .inNamespace(cluster.getMetadata().getNamespace())
                        .withLabel(Labels.CLUSTER, cluster.getMetadata().getName())
                        .list()
                        .getItems()
                        .stream())
                .toList();
    }

    /** Straight from the API server: for decisions that cannot be taken back. */
    List<HasMetadata> listed(ProfferCluster cluster) {
        var listed = new ArrayList<HasMetadata>();
        for (var kind : ChildKinds.ALL) {
            listed.addAll(client.resources(kind)
                    .inNamespace(cluster.getMetadata().getNamespace())
                    .withLabel(Labels.CLUSTER, cluster.getMetadata().getName())
                    .list()
                    .getItems());
        }
        return listed;
    }

    private void sweep(
            ProfferCluster cluster, ClusterPlan plan, Set<OptionalKind> kinds, Map<Key, HasMetadata> existing) {
        var wanted = new HashSet<Key>();
        plan.children().forEach(child -> wanted.add(Key.of(child)));
        plan.madeOnce().forEach(child -> wanted.add(Key.of(child)));
        var candidates = new ArrayList<>(existing.values());
        candidates.addAll(ofOptionalKinds(cluster, kinds));
        for (var child : candidates) {
            var labels = child.getMetadata().getLabels();
            boolean retained = plan.retained().contains(labels.getOrDefault(Labels.POOL, ""));
            if (!wanted.contains(Key.of(child)) && !retained && !isOfAnotherController(child)) {
                LOG.info(
                        "deleting {} {}: it is wanted no more",
                        child.getKind(),
                        child.getMetadata().getName());
                writer.delete(child);
            }
        }
    }

    /** Kubernetes makes EndpointSlices of Services that select pods, with those Services' labels. */
    private static boolean isOfAnotherController(HasMetadata child) {
        return child.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> boolean isAsWanted(
            HasMetadata actual, T wanted, Context<ProfferCluster> context) {
        return SSABasedGenericKubernetesResourceMatcher.<T>getInstance().matches((T) actual, wanted, context);
    }
}
