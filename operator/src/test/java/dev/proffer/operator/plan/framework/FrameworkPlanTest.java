package dev.proffer.operator.plan.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.framework.FrameworkObserved.Found;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameworkPlanTest {
    private static final String SCHEDULER = """
            scheduler:
              template:
                metadata: {labels: {team: a}}
                spec:
                  serviceAccountName: powerful
                  containers:
                    - name: main
                      image: hello
                      env: [{name: PROFFER_MASTER, value: 'http://elsewhere:5050'}]
                    - {name: side, image: side}
            """;

    @Test
    void aFrameworkOfAnAdmittedNamespaceIsReady() {
        assertThat(verdict("", admitting("[team-a]"), Found.YES, "Ready").holds())
                .isTrue();
        assertThat(verdict("", admitting("['*']"), Found.YES, "Ready").holds()).isTrue();
        assertThat(verdict("", admitting("[]"), Found.YES, "Ready").reason()).isEqualTo("NamespaceNotAdmitted");
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() {
        assertThat(verdict("", Optional.empty(), Found.YES, "Ready").message())
                .contains("no ProfferCluster 'main' in namespace 'proffer'");
        assertThat(verdict("", admitting("['*']"), Found.NO, "Ready").message())
                .contains("ServiceAccount 'hello' does not exist");
        assertThat(verdict("basicAuth: {secretName: old}", admitting("['*']"), Found.NO, "Ready")
                        .message())
                .contains("Secret 'old' does not exist", "kubernetes.io/basic-auth");
    }

    @Test
    void withoutASchedulerNothingIsMade() {
        assertThat(plan("", admitting("['*']"), Found.YES, true).children()).isEmpty();
    }

    @Test
    void aSchedulerIsRunOnlyWhereTheOperatorMayAndTheNamespaceIsAdmitted() {
        assertThat(plan(SCHEDULER, admitting("['*']"), Found.YES, false).children())
                .isEmpty();
        assertThat(plan(SCHEDULER, admitting("[]"), Found.YES, true).children()).isEmpty();
        assertThat(plan(SCHEDULER, admitting("['*']"), Found.YES, false).verdicts())
                .filteredOn(verdict -> verdict.type().equals("SchedulerAvailable"))
                .singleElement()
                .extracting(Verdict::message)
                .asString()
                .contains("kubectl create rolebinding proffer-schedulers -n team-a");
    }

    @Test
    void aSchedulerIsToldWhereTheMasterIsUnlessItSaysOtherwise() {
        var pod = scheduler(SCHEDULER).getSpec().getTemplate().getSpec();
        var main = pod.getContainers().getFirst();
        var side = pod.getContainers().getLast();
        assertThat(side.getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .contains(
                        tuple("PROFFER_MASTER", "https://proffer-master-internal.proffer.svc:5050"),
                        tuple("PROFFER_TOKEN_FILE", "/var/run/secrets/proffer.dev/token"));
        assertThat(main.getEnv())
                .filteredOn(variable -> variable.getName().equals("PROFFER_MASTER"))
                .singleElement()
                .extracting(EnvVar::getValue)
                .isEqualTo("http://elsewhere:5050");
        assertThat(main.getVolumeMounts()).hasSameSizeAs(side.getVolumeMounts()).isNotEmpty();
    }

    @Test
    void aSchedulerIsWhoItsFrameworkSaysWhateverTheTemplateSays() {
        assertThat(scheduler(SCHEDULER).getSpec().getTemplate().getSpec().getServiceAccountName())
                .isEqualTo("hello");
        assertThat(scheduler("serviceAccountName: runner\n" + SCHEDULER)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getServiceAccountName())
                .isEqualTo("runner");
    }

    @Test
    void anAccountOfOnesOwnIsNotMade() {
        assertThat(plan(SCHEDULER, admitting("['*']"), Found.YES, true).children())
                .extracting(HasMetadata::getKind)
                .containsExactly("ServiceAccount", "ConfigMap", "Deployment");
        assertThat(plan("serviceAccountName: runner\n" + SCHEDULER, admitting("['*']"), Found.YES, true)
                        .children())
                .extracting(HasMetadata::getKind)
                .containsExactly("ConfigMap", "Deployment");
    }

    private static Deployment scheduler(String spec) {
        return (Deployment)
                plan(spec, admitting("['*']"), Found.YES, true).children().getLast();
    }

    private static Verdict verdict(String spec, Optional<ProfferCluster> cluster, Found credentials, String type) {
        return plan(spec, cluster, credentials, false).verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static FrameworkPlan plan(
            String spec, Optional<ProfferCluster> cluster, Found credentials, boolean mayRunSchedulers) {
        return FrameworkPlan.of(
                framework(spec),
                new FrameworkObserved(cluster, Optional.of("PEM"), credentials, mayRunSchedulers, Optional.empty()));
    }

    private static Framework framework(String spec) {
        return Objects.requireNonNull(Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: hello, namespace: team-a, generation: 1}
                spec:
                  cluster: {name: main, namespace: proffer}
                  roles: [eng]
                """ + spec.indent(2), Framework.class));
    }

    private static Optional<ProfferCluster> admitting(String namespaces) {
        return Optional.of(Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec: {admission: {namespaces: %s}}
                """.formatted(namespaces), ProfferCluster.class));
    }
}
