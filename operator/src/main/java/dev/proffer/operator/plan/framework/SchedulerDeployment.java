package dev.proffer.operator.plan.framework;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.framework.SchedulerTemplate;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;

/** A tenant's scheduler: the pods of its template, with what they need to be known to the master. */
final class SchedulerDeployment {
    private SchedulerDeployment() {}

    static Deployment of(
            Framework framework, SchedulerTemplate scheduler, ProfferCluster cluster, FrameworkProof proof) {
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
                .withTemplate(template(framework, scheduler.template(), cluster, proof))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(
            Framework framework, PodTemplateSpec given, ProfferCluster cluster, FrameworkProof proof) {
        var identity = SchedulerIdentity.of(framework, cluster, proof);
        var template = new PodTemplateSpecBuilder(given)
                .editOrNewMetadata()
                .addToLabels(FrameworkNames.selecting(framework))
                .endMetadata()
                .editOrNewSpec()
                .addToVolumes(identity.volume())
                .endSpec()
                .build();
        var pod = template.getSpec();
        if (framework.getSpec().basicAuth() == null) {
            // Whatever the template says: as another it would not be admitted.
            pod.setServiceAccountName(FrameworkNames.account(framework));
        }
        for (var container : pod.getContainers()) {
            var environment = new ArrayList<>(identity.environment());
            var own = container.getEnv().stream().map(EnvVar::getName).toList();
            environment.removeIf(variable -> own.contains(variable.getName()));
            environment.addAll(container.getEnv());
            container.setEnv(environment);
            var mounts = new ArrayList<>(container.getVolumeMounts());
            mounts.add(SchedulerIdentity.mount());
            container.setVolumeMounts(mounts);
        }
        return template;
    }
}
