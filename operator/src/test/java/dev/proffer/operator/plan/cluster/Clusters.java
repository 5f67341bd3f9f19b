package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Release;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** ProfferClusters to plan for. */
final class Clusters {
    static final Release RELEASE =
            new Release("1.0.0", "registry.example.com/master:1.0.0", "registry.example.com/agent:1.0.0", "pause:3.10");

    static final String WITH_POOL = """
            agentPools:
              - name: general
                nodeSelector: [{name: disk, value: ssd}]
                tolerations: [{key: batch, operator: Exists, effect: NoSchedule}]
                resources:
                  - {name: cpus, amount: 1500m}
                  - {name: mem, amount: 2Gi}
                  - {name: disk, amount: 10Gi}
                attributes: [{name: rack, value: r1}]
            """;

    private Clusters() {}

    /** A cluster called main in namespace proffer, with that spec in YAML. */
    static ProfferCluster withSpec(String spec) {
        return Serialization.unmarshal(
                """
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer, generation: 3}
                spec:
                """ + (spec.isBlank() ? "  paused: false\n" : spec.indent(2)), ProfferCluster.class);
    }

    static ClusterObserved nothingElse() {
        return new ClusterObserved(
                Optional.empty(),
                new Certified(ClusterNames.CERTIFICATE, Optional.of("PEM"), List.of(), Optional.empty()),
                Optional.empty(),
                List.of(),
                List.of(),
                Set.of(),
                List.of());
    }

    static ClusterPlan plan(String spec) {
        return ClusterPlan.of(withSpec(spec), nothingElse(), RELEASE);
    }

    static <T extends HasMetadata> T child(ClusterPlan plan, Class<T> kind, String name) {
        return plan.children().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(child -> child.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    /** The application.properties of a ConfigMap of the plan. */
    static String properties(ClusterPlan plan, String name) {
        return Objects.requireNonNull(
                child(plan, ConfigMap.class, name).getData().get(Properties.FILE));
    }
}
