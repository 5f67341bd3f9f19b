package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.Release;
import dev.proffer.operator.plan.template.Overlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The masters and what concerns their pods alone.
 *
 * <p>An upgrade starts a new pod, and takes an old one away when the new one is ready, never fewer. Which old one is
 * Kubernetes' choice, by the cost of a pod's deletion: the operator makes the leader's the highest, so that it goes last,
 * when all standbys are new, and the lead moves once.
 */
final class MasterDeployment {
    private MasterDeployment() {}

    static List<HasMetadata> of(ProfferCluster cluster, Release release, String configuration, String certificate) {
        return List.of(
                deployment(cluster, release, configuration, certificate),
                disruptionBudget(cluster),
                metrics(cluster),
                traffic(cluster));
    }

    private static Deployment deployment(
            ProfferCluster cluster, Release release, String configuration, String certificate) {
        var spec = cluster.getSpec();
        return new DeploymentBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                .withNewSpec()
                .withReplicas(spec.master().replicas())
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(Labels.selecting(ClusterNames.MASTER_COMPONENT))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(template(cluster, release, configuration, certificate))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(
            ProfferCluster cluster, Release release, String configuration, String certificate) {
        var base = MasterPod.template(cluster, release, configuration, certificate);
        var template = Overlay.over(base, cluster.getSpec().master().template());
        // Whatever a template says: a Deployment that does not select its pods is refused.
        template.getMetadata().getLabels().putAll(base.getMetadata().getLabels());
        return template;
    }

    private static PodDisruptionBudget disruptionBudget(ProfferCluster cluster) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(Labels.selecting(ClusterNames.MASTER_COMPONENT))
                .endSelector()
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .endSpec()
                .build();
    }

    /** Leads to every master: each has metrics. */
    private static HasMetadata metrics(ProfferCluster cluster) {
        return new ServiceBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.METRICS, ClusterNames.MASTER_COMPONENT))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selecting(ClusterNames.MASTER_COMPONENT))
                .addNewPort()
                .withName(Ports.HEALTH_NAME)
                .withProtocol("TCP")
                .withPort(Ports.HEALTH)
                .withTargetPort(new IntOrString(Ports.HEALTH_NAME))
                .endPort()
                .endSpec()
                .build();
    }

    /** Agents and clients may be anywhere; they prove who they are. Everything that is no port of ours is closed. */
    private static HasMetadata traffic(ProfferCluster cluster) {
        return new NetworkPolicyBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.MASTER, ClusterNames.MASTER_COMPONENT))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selecting(ClusterNames.MASTER_COMPONENT))
                .endPodSelector()
                .addToPolicyTypes("Ingress")
                .addNewIngress()
                .withPorts(ports(cluster))
                .endIngress()
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyPort> ports(ProfferCluster cluster) {
        var listeners = cluster.getSpec().listeners().stream().mapToInt(Listener::port);
        return Stream.of(listeners, IntStream.of(Ports.AGENT_LINK, Ports.HEALTH))
                .flatMapToInt(stream -> stream)
                .mapToObj(port -> new NetworkPolicyPortBuilder()
                        .withProtocol("TCP")
                        .withPort(new IntOrString(port))
                        .build())
                .toList();
    }
}
