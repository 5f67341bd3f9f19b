package dev.proffer.operator.plan.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
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

    private static final String BASIC = "basicAuth: {secretName: old}";
    private static final FrameworkProof ACCOUNT = new FrameworkProof.Account();
    private static final FrameworkProof MISSING = new FrameworkProof.Missing();
    private static final FrameworkProof SPARK = new FrameworkProof.Basic(
            "spark", List.of(BasicCredential.ofFramework("team-a", "hello", "spark", "uid", "0123456789abcdef")));

    @Test
    void aFrameworkOfAnAdmittedNamespaceIsReady() {
        assertThat(verdict("", admitting("[team-a]"), ACCOUNT, "Ready").holds()).isTrue();
        assertThat(verdict("", admitting("['*']"), ACCOUNT, "Ready").holds()).isTrue();
        assertThat(verdict("", admitting("[]"), ACCOUNT, "Ready").reason()).isEqualTo("NamespaceNotAdmitted");
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() {
        assertThat(verdict("", Optional.empty(), ACCOUNT, "Ready").message())
                .contains("no ProfferCluster 'main' in namespace 'proffer'");
        assertThat(verdict("", admitting("['*']"), MISSING, "Ready").message())
                .contains("ServiceAccount 'hello' does not exist");
        assertThat(verdict(BASIC, takingBasic(), MISSING, "Ready").message())
                .contains("Secret 'old' does not exist", "kubernetes.io/basic-auth");
    }

    @Test
    void whatKeepsASecretFromBeingUsedIsNamedWithItsRemedy() {
        assertThat(verdict(BASIC, takingBasic(), new FrameworkProof.Forbidden(), "Ready")
                        .message())
                .contains("kubectl create rolebinding proffer-credentials -n team-a --clusterrole=proffer-credentials");
        assertThat(verdict(BASIC, takingBasic(), new FrameworkProof.Unusable("Secret 'old' is odd."), "Ready")
                        .message())
                .isEqualTo("Secret 'old' is odd.");
        assertThat(verdict(BASIC, takingBasic(), new FrameworkProof.CrowdedOut(), "Ready")
                        .reason())
                .isEqualTo("TooManyCredentials");
        assertThat(verdict(BASIC, admitting("['*']"), SPARK, "Ready").reason()).isEqualTo("BasicNotTaken");
        assertThat(verdict(BASIC, takingBasic(), SPARK, "Ready").holds()).isTrue();
    }

    @Test
    void mastersAreToldOfBasicCredentialsWhereTheNamespaceIsAdmittedAndAListenerTakesThem() {
        assertThat(plan(BASIC, takingBasic(), SPARK, false).credentials()).hasSize(1);
        assertThat(plan(BASIC, admitting("['*']"), SPARK, false).credentials()).isEmpty();
        assertThat(plan(BASIC, admitting("[]"), SPARK, false).credentials()).isEmpty();
        assertThat(plan(BASIC, Optional.empty(), SPARK, false).credentials()).isEmpty();
        assertThat(plan(BASIC, takingBasic(), MISSING, false).credentials()).isEmpty();
    }

    @Test
    void aSchedulerWithBasicCredentialsGetsThemInPlaceOfAToken() {
        var children =
                plan(BASIC + "\n" + SCHEDULER, takingBasic(), SPARK, true).children();
        assertThat(children).extracting(HasMetadata::getKind).containsExactly("ConfigMap", "Deployment");
        var pod = ((Deployment) children.getLast()).getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getLast().getEnv())
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(
                        tuple("PROFFER_MASTER", "https://proffer-master-old.proffer.svc:5060"),
                        tuple("PROFFER_CA_FILE", "/var/run/secrets/proffer.dev/ca.crt"),
                        tuple("PROFFER_PRINCIPAL", "team-a/spark"),
                        tuple("PROFFER_SECRET_FILE", "/var/run/secrets/proffer.dev/secret"),
                        tuple("PROFFER_ROLES", "eng"));
        assertThat(plan(BASIC + "\n" + SCHEDULER, takingBasic(), MISSING, true).children())
                .isEmpty();
    }

    @Test
    void withoutASchedulerNothingIsMade() {
        assertThat(plan("", admitting("['*']"), ACCOUNT, true).children()).isEmpty();
    }

    @Test
    void aSchedulerIsRunOnlyWhereTheOperatorMayAndTheNamespaceIsAdmitted() {
        assertThat(plan(SCHEDULER, admitting("['*']"), ACCOUNT, false).children())
                .isEmpty();
        assertThat(plan(SCHEDULER, admitting("[]"), ACCOUNT, true).children()).isEmpty();
        assertThat(plan(SCHEDULER, admitting("['*']"), ACCOUNT, false).verdicts())
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
                        tuple("PROFFER_ROLES", "eng"),
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
        assertThat(plan(SCHEDULER, admitting("['*']"), ACCOUNT, true).children())
                .extracting(HasMetadata::getKind)
                .containsExactly("ServiceAccount", "ConfigMap", "Deployment");
        assertThat(plan("serviceAccountName: runner\n" + SCHEDULER, admitting("['*']"), ACCOUNT, true)
                        .children())
                .extracting(HasMetadata::getKind)
                .containsExactly("ConfigMap", "Deployment");
    }

    private static Deployment scheduler(String spec) {
        return (Deployment)
                plan(spec, admitting("['*']"), ACCOUNT, true).children().getLast();
    }

    private static Verdict verdict(String spec, Optional<ProfferCluster> cluster, FrameworkProof proof, String type) {
        return plan(spec, cluster, proof, false).verdicts().stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static FrameworkPlan plan(
            String spec, Optional<ProfferCluster> cluster, FrameworkProof proof, boolean mayRunSchedulers) {
        return FrameworkPlan.of(
                framework(spec),
                new FrameworkObserved(cluster, Optional.of("PEM"), proof, mayRunSchedulers, Optional.empty()));
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

    private static Optional<ProfferCluster> takingBasic() {
        return Optional.of(Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec:
                  admission: {namespaces: ['*']}
                  listeners: [{name: internal}, {name: old, port: 5060, authentication: [Basic]}]
                """, ProfferCluster.class));
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
