package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.Map;

/**
 * The pods that hold a pool's share of each node. Tasks run in their cgroups, so they are replaced only when somebody
 * deletes them.
 */
final class HolderDaemonSet {
    private static final String CONTAINER = "holder";

    private HolderDaemonSet() {}

    static HasMetadata of(ProfferCluster cluster, AgentPool pool, ClusterImages images) {
        return new DaemonSetBuilder()
                .withMetadata(PoolPods.meta(
                        cluster, pool, ClusterNames.ofHolders(pool.name()), ClusterNames.HOLDER_COMPONENT))
                .withNewSpec()
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(PoolPods.selecting(pool, ClusterNames.HOLDER_COMPONENT))
                .endSelector()
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(PoolPods.labels(cluster, pool, ClusterNames.HOLDER_COMPONENT))
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withPriorityClassName(PoolPods.priorityClass(cluster, pool))
                .withImagePullSecrets(images.secrets())
                .withNodeSelector(PoolPods.nodeSelector(pool))
                .withTolerations(PoolPods.tolerations(pool))
                // It has nothing to finish: the tasks in its cgroup were told by the agent, or end with it.
                .withTerminationGracePeriodSeconds(1L)
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addToContainers(container(pool, images).build())
                .addNewVolume()
                .withName("state")
                .withNewHostPath(pool.statePath(), "DirectoryOrCreate")
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static ContainerBuilder container(AgentPool pool, ClusterImages images) {
        var amounts = PoolResources.requests(pool.resources());
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(images.holder())
                .withImagePullPolicy(images.pullPolicy())
                .addToEnv(
                        Environment.ofField("NODE_NAME", "spec.nodeName"),
                        Environment.ofField("POD_UID", "metadata.uid"))
                .withNewResources()
                .withRequests(amounts)
                .withLimits(Map.copyOf(amounts))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                // The kubelet makes a folder of this name: so the agent knows which pod's cgroup is its own.
                .addNewVolumeMount()
                .withName("state")
                .withMountPath("/holder")
                .withSubPathExpr("$(NODE_NAME)/holders/$(POD_UID)")
                .withReadOnly(true)
                .endVolumeMount();
    }
}
