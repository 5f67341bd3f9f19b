package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Program;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frameworks of tenants, and the administrator's objects beside them. */
class TenantsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static @Nullable Program operator;

    @BeforeAll
    static void start() throws Exception {
        operator = Install.into(kubernetes).operator();
        kubernetes
                .kubectl()
                .apply(Built.file("manifests/examples/cluster.yaml"))
                .expectSuccess();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void aSchedulerRunsWhereItIsGrantedIsPutBackAndGoesWithItsFramework() {
        var namespace = kubernetes.namespace();
        framework("scheduler: {template: {spec: {containers: [{name: main, image: hello}]}}}");
        awaitReason("pfw/mine", namespace, "SchedulerAvailable", "Forbidden");
        awaitReason("pfw/mine", namespace, "Ready", "ServiceAccountMissing");

        kubectl(
                        "create",
                        "rolebinding",
                        "schedulers",
                        "--clusterrole=proffer-schedulers",
                        "--serviceaccount=proffer:proffer-operator")
                .expectSuccess();
        awaitReason("pfw/mine", namespace, "Ready", "Admitted");
        assertThat(kubectl("get", "deployment", "mine-scheduler", "-o", "jsonpath={.spec.template.spec}")
                        .expectSuccess())
                .contains("PROFFER_MASTER", "PROFFER_TOKEN_FILE", "\"serviceAccountName\":\"mine\"");

        kubectl("scale", "deployment", "mine-scheduler", "--replicas=7").expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> kubectl("get", "deployment", "mine-scheduler", "-o", "jsonpath={.spec.replicas}")
                        .out()
                        .equals("1"));

        kubectl("delete", "pfw", "mine", "--timeout=60s").expectSuccess();
        await().atMost(Install.PATIENCE)
                .until(() -> kubectl(
                                "get",
                                "deployments,serviceaccounts,configmaps",
                                "-o",
                                "name",
                                "-l",
                                "proffer.dev/framework")
                        .out()
                        .isEmpty());
    }

    @Test
    void aNamespaceThatIsNotAdmittedGetsNothing() {
        kubernetes
                .kubectl()
                .get(
                        "patch",
                        "pcl",
                        "main",
                        "-n",
                        "proffer",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"admission\":{\"namespaces\":[\"others\"]}}}");
        try {
            framework("serviceAccountName: default");
            awaitReason("pfw/mine", kubernetes.namespace(), "Ready", "NamespaceNotAdmitted");
        } finally {
            kubernetes
                    .kubectl()
                    .get(
                            "patch",
                            "pcl",
                            "main",
                            "-n",
                            "proffer",
                            "--type=merge",
                            "-p",
                            "{\"spec\":{\"admission\":{\"namespaces\":[\"*\"]}}}");
        }
        awaitReason("pfw/mine", kubernetes.namespace(), "Ready", "Admitted");
    }

    @Test
    void ofTwoQuotasForOneRoleTheOlderIsInForceUntilItGoes() {
        quota("first", "2");
        awaitReason("pquota/first", "proffer", "Ready", "RoleUnknown");
        // Ages are in whole seconds; of the same second the name decides.
        quota("second", "3");
        awaitReason("pquota/second", "proffer", "Ready", "Conflict");
        kubernetes.kubectl().get("delete", "pquota", "first", "-n", "proffer");
        awaitReason("pquota/second", "proffer", "Conflict", "NoConflict");
        kubernetes.kubectl().get("delete", "pquota", "second", "-n", "proffer");
    }

    @Test
    void aRoleThatHoldsSomethingStaysUntilItIsEmpty() {
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: held, namespace: proffer}
                spec: {path: held}
                """);
        awaitReason("prole/held", "proffer", "Ready", "InForce");
        await().atMost(Install.PATIENCE)
                .until(() ->
                        !get("prole/held", "proffer", "{.metadata.finalizers}").isEmpty());
        status("{\"status\":{\"term\":1,\"allocation\":[{\"name\":\"cpus\",\"amount\":\"2\"}]}}");
        kubernetes.kubectl().get("delete", "prole", "held", "-n", "proffer", "--wait=false");
        awaitReason("prole/held", "proffer", "DeletionBlocked", "InUse");
        status("{\"status\":{\"allocation\":null}}");
        kubernetes.kubectl().get("wait", "--for=delete", "prole/held", "-n", "proffer", "--timeout=60s");
    }

    private static void status(String patch) {
        kubernetes
                .kubectl()
                .get("patch", "prole", "held", "-n", "proffer", "--subresource=status", "--type=merge", "-p", patch);
    }

    private static void quota(String name, String limit) {
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Quota
                metadata: {name: %s, namespace: proffer}
                spec: {role: twice, resources: [{name: cpus, limit: "%s"}]}
                """.formatted(name, limit));
    }

    private static void framework(String more) {
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: mine, namespace: %s}
                spec:
                  cluster: {name: main, namespace: proffer}
                  roles: [eng]
                  %s
                """.formatted(kubernetes.namespace(), more));
    }

    private static void apply(String yaml) {
        kubernetes.kubectl().run(List.of("apply", "-f", "-"), yaml).expectSuccess();
    }

    private static void awaitReason(String object, String namespace, String type, String reason) {
        await(object + " " + type)
                .atMost(Install.PATIENCE)
                .until(() -> get(object, namespace, "{.status.conditions[?(@.type=='%s')].reason}".formatted(type))
                        .equals(reason));
    }

    private static String get(String object, String namespace, String path) {
        return kubernetes
                .kubectl()
                .run("get", object, "-n", namespace, "-o", "jsonpath=" + path)
                .out();
    }

    private static Kubectl.Result kubectl(String... arguments) {
        return kubernetes.kubectl().run(arguments);
    }
}
