package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.Release;
import dev.proffer.operator.plan.template.Hardening;
import dev.proffer.operator.plan.template.TokenVolumes;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pod of a master, before people's templates. */
final class MasterPod {
    static final String CONTAINER = "master";

    /** Replaces the pods when what they read only once has changed. */
    static final String CONFIGURATION_HASH = "proffer.dev/configuration";

    private static final int READABLE_BY_GROUP = 0440;

    private MasterPod() {}

    static PodTemplateSpec template(ProfferCluster cluster, Release release, String configuration, String certificate) {
        var spec = cluster.getSpec();
        var images = ClusterImages.of(spec.images(), spec.version(), release);
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.ofCluster(cluster.getMetadata().getName(), ClusterNames.MASTER_COMPONENT))
                .addToLabels(Labels.VERSION, Objects.requireNonNullElse(spec.version(), release.version()))
                .addToAnnotations(CONFIGURATION_HASH, Properties.hash(configuration))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(ClusterNames.MASTER)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withPriorityClassName(spec.priorityClassName())
                .withImagePullSecrets(images.secrets())
                .withSecurityContext(Hardening.ofPod())
                .withAffinity(apart())
                .withTerminationGracePeriodSeconds(30L)
                .withContainers(container(cluster, images))
                .withVolumes(volumes(certificate))
                .endSpec()
                .build();
    }

    private static Container container(ProfferCluster cluster, ClusterImages images) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(images.master())
                .withImagePullPolicy(images.pullPolicy())
                .withEnv(environment())
                .withPorts(ports(cluster))
                .withNewResources()
                .addToRequests("cpu", new Quantity("250m"))
                .addToRequests("memory", new Quantity("1Gi"))
                .addToLimits("memory", new Quantity("1Gi"))
                .endResources()
                .withSecurityContext(Hardening.ofContainer())
                .withVolumeMounts(List.of(
                        mount("api-token", Paths.API_TOKEN),
                        mount("configuration", Paths.CONFIGURATION),
                        mount("certificate", Paths.CERTIFICATE),
                        mount("credentials", Paths.CREDENTIALS),
                        new VolumeMountBuilder()
                                .withName("tmp")
                                .withMountPath("/tmp")
                                .build()))
                .withStartupProbe(Probes.started(Ports.HEALTH_NAME))
                .withLivenessProbe(Probes.live(Ports.HEALTH_NAME))
                .withReadinessProbe(Probes.ready(Ports.HEALTH_NAME))
                .build();
    }

    private static List<EnvVar> environment() {
        return List.of(
                Environment.ofField("POD_IP", "status.podIP"),
                Environment.ofField("POD_NAMESPACE", "metadata.namespace"),
                Environment.ofField("NODE_NAME", "spec.nodeName"),
                new EnvVarBuilder()
                        .withName("QUARKUS_CONFIG_LOCATIONS")
                        .withValue(Paths.CONFIGURATION + "/" + Properties.FILE)
                        .build());
    }

    private static List<ContainerPort> ports(ProfferCluster cluster) {
        var ports = new ArrayList<ContainerPort>();
        for (int i = 0; i < cluster.getSpec().listeners().size(); i++) {
            // A port's name has 15 characters at most, a listener's more.
            ports.add(port("listener-" + i, cluster.getSpec().listeners().get(i).port()));
        }
        ports.add(port("agents", Ports.AGENT_LINK));
        ports.add(port(Ports.HEALTH_NAME, Ports.HEALTH));
        return ports;
    }

    private static ContainerPort port(String name, int port) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(port)
                .withProtocol("TCP")
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static List<Volume> volumes(String certificate) {
        return List.of(
                TokenVolumes.forApiServer("api-token"),
                new VolumeBuilder()
                        .withName("configuration")
                        .withNewConfigMap()
                        .withName(ClusterNames.MASTER)
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName("certificate")
                        .withNewSecret()
                        .withSecretName(certificate)
                        .withDefaultMode(READABLE_BY_GROUP)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName("credentials")
                        .withNewSecret()
                        .withSecretName(ClusterNames.CREDENTIALS)
                        .withDefaultMode(READABLE_BY_GROUP)
                        .withOptional(true)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName("tmp")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build());
    }

    private static Affinity apart() {
        return new AffinityBuilder()
                .withNewPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPodAffinityTerm()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selecting(ClusterNames.MASTER_COMPONENT))
                .endLabelSelector()
                .endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .build();
    }
}
