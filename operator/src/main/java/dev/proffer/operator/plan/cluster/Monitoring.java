package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/** What Prometheus' operator and Grafana's side car look for. */
final class Monitoring {
    private static final String GRAFANA = "grafana_dashboard";

    private Monitoring() {}

    static List<HasMetadata> of(ProfferCluster cluster) {
        var dashboard = ClusterNames.meta(cluster, ClusterNames.DASHBOARD, ClusterNames.MASTER_COMPONENT);
        dashboard.getLabels().put(GRAFANA, "1");
        return List.of(
                serviceMonitor(cluster),
                new ConfigMapBuilder()
                        .withMetadata(dashboard)
                        .addToData("proffer.json", Dashboard.json())
                        .build());
    }

    private static HasMetadata serviceMonitor(ProfferCluster cluster) {
        var monitor = new GenericKubernetesResource();
        monitor.setApiVersion(OptionalKind.SERVICE_MONITOR.apiVersion());
        monitor.setKind(OptionalKind.SERVICE_MONITOR.kind());
        monitor.setMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT));
        monitor.setAdditionalProperty(
                "spec",
                Map.of(
                        // The Service for metrics has a port of this name, those of listeners have not.
                        "selector",
                        Map.of("matchLabels", Labels.selecting(ClusterNames.MASTER_COMPONENT)),
                        "endpoints",
                        List.of(Map.of("port", Ports.HEALTH_NAME, "path", "/q/metrics"))));
        return monitor;
    }
}
