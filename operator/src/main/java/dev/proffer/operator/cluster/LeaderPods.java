package dev.proffer.operator.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.ProfferClusterStatus;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.cluster.LeaderLast;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Marks the leader's pod when the lead has moved. */
final class LeaderPods {
    private final KubernetesClient client;
    private final Writer writer;

    /** By the cluster's UID: whose pod was marked last. */
    private final Map<String, String> marked = new ConcurrentHashMap<>();

    LeaderPods(KubernetesClient client) {
        this.client = client;
        this.writer = new Writer(client);
    }

    void goLast(ProfferCluster cluster) {
        var leader = Optional.ofNullable(cluster.getStatus())
                .map(ProfferClusterStatus::leader)
                .orElse("");
        var uid = cluster.getMetadata().getUid();
        if (leader.equals(marked.getOrDefault(uid, ""))) {
            return;
        }
        var masters = client.pods()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withLabels(Labels.selecting("master"))
                .list()
                .getItems();
        LeaderLast.changes(masters, leader.isEmpty() ? null : leader).forEach(writer::apply);
        marked.put(uid, leader);
    }

    void forget(ProfferCluster cluster) {
        marked.remove(cluster.getMetadata().getUid());
    }
}
