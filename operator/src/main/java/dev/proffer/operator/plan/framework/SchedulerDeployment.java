package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.framework.SchedulerTemplate;
import dev.proffer.operator.plan.cluster.Advertised;
import dev.proffer.operator.plan.cluster.ClusterNames;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A tenant's scheduler. To each of its containers the environment says where the master is ({@code PROFFER_MASTER}), and in
 * which files its CA ({@code PROFFER_CA_FILE}) and a token for it ({@code PROFFER_TOKEN_FILE}) are.
 */
final class SchedulerDeployment {
    private static final String VOLUME = "proffer-identity";
    private static final String PATH = "/var/run/secrets/proffer.dev";
    private static final int MODE = 0444;
    private static final long AN_HOUR = 3600;

    private SchedulerDeployment() {}

    static Deployment of(Framework framework, SchedulerTemplate scheduler, ProfferCluster cluster) {
        return new DeploymentBuilder()
                .withMetadata(FrameworkNames.meta(framework, FrameworkNames.scheduler(framework)))
                .withNewSpec()
                .withReplicas(scheduler.replicas())
                .withRevisionHistoryLimit(3)
                .withNewSelector()
                .withMatchLabels(FrameworkNames.selecting(framework))
                .endSelector()
                // Two schedulers with one framework id would take each other's place again and again.
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withTemplate(template(framework, scheduler.template(), cluster))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(Framework framework, PodTemplateSpec given, ProfferCluster cluster) {
        var template = new PodTemplateSpecBuilder(given)
                .editOrNewMetadata()
                .addToLabels(FrameworkNames.selecting(framework))
                .endMetadata()
                .editOrNewSpec()
                .addToVolumes(identity(framework, cluster))
                .endSpec()
                .build();
        var pod = template.getSpec();
        if (framework.getSpec().basicAuth() == null) {
            // Whatever the template says: as another it would not be admitted.
            pod.setServiceAccountName(FrameworkNames.account(framework));
        }
        for (var container : pod.getContainers()) {
            var environment = new ArrayList<>(environment(cluster));
            var own = container.getEnv().stream().map(EnvVar::getName).toList();
            environment.removeIf(variable -> own.contains(variable.getName()));
            environment.addAll(container.getEnv());
            container.setEnv(environment);
            var mounts = new ArrayList<>(container.getVolumeMounts());
            mounts.add(new VolumeMountBuilder()
                    .withName(VOLUME)
                    .withMountPath(PATH)
                    .withReadOnly(true)
                    .build());
            container.setVolumeMounts(mounts);
        }
        return template;
    }

    private static List<EnvVar> environment(ProfferCluster cluster) {
        var listener = listener(cluster);
        var address = Advertised.of(cluster, listener);
        var scheme = listener.tls() ? "https" : "http";
        return List.of(
                variable("PROFFER_MASTER", scheme + "://" + address.host() + ":" + address.port()),
                variable("PROFFER_CA_FILE", PATH + "/ca.crt"),
                variable("PROFFER_TOKEN_FILE", PATH + "/token"));
    }

    /** One for within the cluster that asks for tokens, if there is one. */
    private static Listener listener(ProfferCluster cluster) {
        return cluster.getSpec().listeners().stream()
                .min(Comparator.comparing((Listener listener) -> listener.type() != Listener.Type.Internal)
                        .thenComparing(listener -> !listener.authentication().contains(Listener.Authentication.Token)))
                .orElseThrow();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static Volume identity(Framework framework, ProfferCluster cluster) {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewProjected()
                .withDefaultMode(MODE)
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(ClusterNames.audience(cluster))
                .withExpirationSeconds(AN_HOUR)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName(FrameworkNames.trust(framework))
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }
}
