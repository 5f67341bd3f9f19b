package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.NodeLabel;
import dev.proffer.crds.cluster.PoolToleration;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a pool's holders and agents have in common: they run on the same nodes. */
final class PoolPods {
    private PoolPods() {}

    static ObjectMeta meta(ProfferCluster cluster, AgentPool pool, String name, String component) {
        var meta = ClusterNames.meta(cluster, name, component);
        meta.getLabels().put(Labels.POOL, pool.name());
        return meta;
    }

    static Map<String, String> labels(ProfferCluster cluster, AgentPool pool, String component) {
        var labels = new TreeMap<>(Labels.ofCluster(cluster.getMetadata().getName(), component));
        labels.put(Labels.POOL, pool.name());
        return labels;
    }

    static Map<String, String> selecting(AgentPool pool, String component) {
        var labels = new TreeMap<>(Labels.selecting(component));
        labels.put(Labels.POOL, pool.name());
        return labels;
    }

    static Map<String, String> nodeSelector(AgentPool pool) {
        return pool.nodeSelector().stream().collect(Collectors.toMap(NodeLabel::name, NodeLabel::value));
    }

    static List<Toleration> tolerations(AgentPool pool) {
        return pool.tolerations().stream().map(PoolPods::toleration).toList();
    }

    static @Nullable String priorityClass(ProfferCluster cluster, AgentPool pool) {
        return pool.priorityClassName() != null
                ? pool.priorityClassName()
                : cluster.getSpec().priorityClassName();
    }

    private static Toleration toleration(PoolToleration toleration) {
        var effect = toleration.effect();
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(toleration.operator().name())
                .withValue(toleration.value())
                .withEffect(effect == null ? null : effect.name())
                .build();
    }
}
