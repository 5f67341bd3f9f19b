package dev.proffer.operator.cluster;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.cluster.ClusterNames;
import dev.proffer.operator.plan.cluster.DeletionPlan;
import dev.proffer.operator.plan.cluster.OptionalKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.util.Set;

/** Takes away what belongs to a ProfferCluster: what runs first, then what it was told and what it wrote. */
final class ClusterDeletion {
    private static final String DEFINITION = "profferclusters.proffer.dev";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration UNTIL_PODS_ARE_GONE = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Children children;
    private final ClusterStatusWriter statuses;
    private final Writer writer;

    ClusterDeletion(KubernetesClient client, Children children, ClusterStatusWriter statuses) {
        this.client = client;
        this.children = children;
        this.statuses = statuses;
        this.writer = new Writer(client);
    }

    DeleteControl proceed(ProfferCluster cluster, Set<OptionalKind> kinds) {
        var blocked = DeletionPlan.blockedBy(cluster, definitionGoes());
        if (blocked.isPresent()) {
            statuses.write(cluster, blocked.get());
            return wait(LOOK_AGAIN);
        }
        var listed = children.listed(cluster);
        var workloads = listed.stream().filter(ChildKinds::isWorkload).toList();
        if (!workloads.isEmpty()) {
            statuses.write(
                    cluster,
                    Verdict.no(
                            "DeletionBlocked",
                            "Deleting",
                            "Masters, agents and holders are being stopped; tasks end with them."));
            workloads.stream()
                    .filter(workload -> workload.getMetadata().getDeletionTimestamp() == null)
                    .forEach(writer::deleteWithPods);
            return wait(UNTIL_PODS_ARE_GONE);
        }
        // No master is left that could write these again.
        var namespace = cluster.getMetadata().getNamespace();
        client.resources(Agent.class).inNamespace(namespace).delete();
        client.leases().inNamespace(namespace).withName(ClusterNames.LEASE).delete();
        listed.forEach(writer::delete);
        children.ofOptionalKinds(cluster, kinds).forEach(writer::delete);
        return DeleteControl.defaultDelete();
    }

    private boolean definitionGoes() {
        var definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(DEFINITION)
                .get();
        return definition == null || definition.getMetadata().getDeletionTimestamp() != null;
    }

    private static DeleteControl wait(Duration time) {
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(time.toMillis());
    }
}
