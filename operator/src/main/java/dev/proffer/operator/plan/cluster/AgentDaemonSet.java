package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.template.Overlay;
import dev.proffer.operator.plan.template.TokenVolumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.List;

/** The agents of a pool. They can be replaced at any time: tasks outlive them. */
final class AgentDaemonSet {
    static final String CONTAINER = "agent";

    private AgentDaemonSet() {}

    static HasMetadata of(ProfferCluster cluster, AgentPool pool, ClusterImages images, String configuration) {
        return new DaemonSetBuilder()
                .withMetadata(
                        PoolPods.meta(cluster, pool, ClusterNames.ofAgents(pool.name()), ClusterNames.AGENT_COMPONENT))
                .withNewSpec()
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(PoolPods.selecting(pool, ClusterNames.AGENT_COMPONENT))
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                // Two agents of one node would fight for its state folder.
                .withMaxSurge(new IntOrString(0))
                .withMaxUnavailable(pool.maxUnavailable())
                .endRollingUpdate()
                .endUpdateStrategy()
                .withTemplate(template(cluster, pool, images, configuration))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(
            ProfferCluster cluster, AgentPool pool, ClusterImages images, String configuration) {
        var base = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(PoolPods.labels(cluster, pool, ClusterNames.AGENT_COMPONENT))
                .addToAnnotations(MasterPod.CONFIGURATION_HASH, Properties.hash(configuration))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(ClusterNames.AGENT)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withPriorityClassName(PoolPods.priorityClass(cluster, pool))
                .withImagePullSecrets(images.secrets())
                .withNodeSelector(PoolPods.nodeSelector(pool))
                .withTolerations(PoolPods.tolerations(pool))
                .withHostNetwork(true)
                .withDnsPolicy("ClusterFirstWithHostNet")
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(10L)
                .withContainers(container(pool, images))
                .withVolumes(volumes(cluster, pool))
                .endSpec()
                .build();
        var template = Overlay.over(base, pool.template());
        template.getMetadata().getLabels().putAll(base.getMetadata().getLabels());
        return template;
    }

    private static Container container(AgentPool pool, ClusterImages images) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(images.agent())
                .withImagePullPolicy(images.pullPolicy())
                // An agent that cannot start says in its last lines why, and what to do.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .addToEnv(
                        Environment.ofField("NODE_NAME", "spec.nodeName"),
                        Environment.ofField("HOST_IP", "status.hostIP"),
                        Environment.ofField("POD_NAME", "metadata.name"),
                        Environment.ofField("POD_NAMESPACE", "metadata.namespace"),
                        Environment.ofField("POD_UID", "metadata.uid"))
                .addNewEnv()
                .withName("QUARKUS_CONFIG_LOCATIONS")
                .withValue(Paths.CONFIGURATION + "/" + Properties.FILE)
                .endEnv()
                .addNewPort()
                .withName("agent")
                .withContainerPort(Ports.AGENT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName(Ports.HEALTH_NAME)
                .withContainerPort(Ports.AGENT_HEALTH)
                .withProtocol("TCP")
                .endPort()
                .withNewResources()
                .addToRequests("cpu", new Quantity("50m"))
                // The agent needs half of it; the rest is for the runtime's processes, of which there are eight at
                // most.
                .addToRequests("memory", new Quantity("256Mi"))
                .addToLimits("memory", new Quantity("256Mi"))
                .endResources()
                // It writes cgroups, mounts the roots of tasks, and enters the host's namespaces.
                .withNewSecurityContext()
                .withPrivileged(true)
                .withReadOnlyRootFilesystem(true)
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("state")
                .withMountPath(pool.statePath())
                .withMountPropagation("Bidirectional")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("cgroups")
                .withMountPath(Paths.CGROUPS)
                .endVolumeMount()
                .addToVolumeMounts(
                        new VolumeMountBuilder()
                                .withName("configuration")
                                .withMountPath(Paths.CONFIGURATION)
                                .withReadOnly(true)
                                .build(),
                        new VolumeMountBuilder()
                                .withName("token")
                                .withMountPath(Paths.TOKEN)
                                .withReadOnly(true)
                                .build(),
                        new VolumeMountBuilder()
                                .withName("trust")
                                .withMountPath(Paths.TRUST)
                                .withReadOnly(true)
                                .build(),
                        new VolumeMountBuilder()
                                .withName("tmp")
                                .withMountPath("/tmp")
                                .build())
                .withStartupProbe(Probes.started(Ports.HEALTH_NAME))
                .withLivenessProbe(Probes.live(Ports.HEALTH_NAME))
                .withReadinessProbe(Probes.ready(Ports.HEALTH_NAME))
                .build();
    }

    private static List<Volume> volumes(ProfferCluster cluster, AgentPool pool) {
        return List.of(
                new VolumeBuilder()
                        .withName("state")
                        .withNewHostPath(pool.statePath(), "DirectoryOrCreate")
                        .build(),
                new VolumeBuilder()
                        .withName("cgroups")
                        .withNewHostPath(Paths.CGROUPS, "Directory")
                        .build(),
                new VolumeBuilder()
                        .withName("configuration")
                        .withNewConfigMap()
                        .withName(ClusterNames.ofAgents(pool.name()))
                        .endConfigMap()
                        .build(),
                TokenVolumes.forAudience("token", ClusterAccess.audience(cluster)),
                new VolumeBuilder()
                        .withName("trust")
                        .withNewConfigMap()
                        .withName(ClusterNames.TRUST)
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName("tmp")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build());
    }
}
