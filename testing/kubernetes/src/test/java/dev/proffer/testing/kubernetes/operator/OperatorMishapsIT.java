package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Program;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do to the operator's rights. */
class OperatorMishapsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RUNNING = "deployments,daemonsets,services,configmaps,secrets";

    private Program operator;

    @BeforeEach
    void start() throws Exception {
        operator = Install.into(kubernetes).operator();
        kubernetes
                .kubectl()
                .apply(Built.file("manifests/examples/cluster.yaml"))
                .expectSuccess();
        await().atMost(PATIENCE).until(() -> children().contains("daemonset.apps/proffer-agent-general"));
    }

    /** The next test begins without a cluster. */
    @AfterEach
    void stop() {
        kubernetes.kubectl().run("delete", "pcl", "main", "-n", "proffer", "--ignore-not-found", "--timeout=120s");
        operator.close();
    }

    @Test
    void rightsThatAreRevokedAreNamedAndOnceRestoredNeedNoRestart() {
        get("delete", "clusterrolebinding", "proffer-operator");
        get("delete", "rolebinding", "proffer-operator", "-n", "proffer");
        get("patch", "pcl", "main", "-n", "proffer", "--type=merge", "-p", "{\"spec\":{\"master\":{\"replicas\":3}}}");
        get("scale", "deployment", "proffer-master", "-n", "proffer", "--replicas=5");
        await().atMost(PATIENCE)
                .until(() -> operator.lines().stream()
                        .anyMatch(line -> line.contains("is forbidden") && line.contains("cannot ")));
        assertThat(operator.isAlive()).isTrue();

        kubernetes
                .kubectl()
                .applyKustomization(Built.file("kustomize/overlays/default"))
                .expectSuccess();
        get("scale", "deployment", "proffer-operator", "-n", "proffer", "--replicas=0");
        await().atMost(PATIENCE)
                .until(() -> get(
                                "get",
                                "deployment",
                                "proffer-master",
                                "-n",
                                "proffer",
                                "-o",
                                "jsonpath={.spec.replicas}")
                        .equals("3"));
        assertThat(operator.isAlive()).isTrue();
    }

    private static String children() {
        return get("get", RUNNING, "-n", "proffer", "-o", "name", "-l", "proffer.dev/cluster=main");
    }

    private static String get(String... arguments) {
        return kubernetes.kubectl().get(arguments);
    }
}
