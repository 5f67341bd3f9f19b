package dev.proffer.testing.kubernetes.masters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import dev.proffer.testing.programs.Program;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people and a bad day do to the API server, while tasks run: none of it ends a task. */
class MishapsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    /** By a token of its own: Fabric8 does not impersonate whom a kubeconfig says. */
    private static final String ACCOUNT = "master";

    /** Longer than a Lease lasts. */
    private static final Duration A_WHILE = Duration.ofSeconds(25);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Kubectl kubectl;
    private Pair pair;
    private Program framework;

    @BeforeEach
    void start() throws Exception {
        InstalledCrds.on(kubernetes);
        kubectl = kubernetes.kubectl();
        kubernetes.tokens().createAccount(ACCOUNT);
        grant();
        pair = Pair.start(
                kubernetes, kubernetes.access().withToken(kubernetes.tokens().issue(ACCOUNT)), folder);
        framework = pair.frameworkWithALongTask();
    }

    @AfterEach
    void stop() throws Exception {
        kubectl.run("delete", "clusterrolebinding", ACCOUNT);
        pair.stop();
    }

    @Test
    void aSlowApiServerCostsNobodyTheLead() throws Exception {
        pair.wire.slow(Duration.ofMillis(300));
        pair.secondWire.slow(Duration.ofMillis(300));
        aWhilePasses();
        assertThat(pair.leads(pair.first)).isTrue();
        assertThat(pair.term()).isEqualTo(1);
        pair.runOneTask();
        pair.endTheLongTask(framework);
    }

    @Test
    void rightsThatAreRevokedAndRestoredNeedNoRestart() throws Exception {
        kubectl.get("delete", "clusterrolebinding", ACCOUNT);
        aWhilePasses();
        assertThat(pair.first.program().isAlive()).isTrue();
        assertThat(pair.second.program().isAlive()).isTrue();
        assertThat(pair.first.program().lines())
                .as("what the master may no longer do is named")
                .anyMatch(line -> line.contains("leases") && line.contains("forbidden"));
        pair.runOneTask();
        grant();
        var renewed = renewed();
        await().atMost(PATIENCE).until(() -> !renewed().equals(renewed));
        assertThat(pair.leads(pair.first)).isTrue();
        assertThat(pair.term()).isEqualTo(1);
        pair.endTheLongTask(framework);
    }

    @Test
    void anAgentObjectDeletedByHandIsMadeAgainAndNoTaskEnds() throws Exception {
        await().atMost(PATIENCE).until(() -> !agents().isEmpty());
        var deleted = uidOfTheAgent();
        kubectl.get("delete", "pagent", "--all");
        await().atMost(PATIENCE)
                .until(() -> !agents().isEmpty() && !uidOfTheAgent().equals(deleted));
        pair.runOneTask();
        pair.endTheLongTask(framework);
    }

    @Test
    void aDeletedDefinitionEndsNoTask() throws Exception {
        await().atMost(PATIENCE).until(() -> !agents().isEmpty());
        kubectl.get("delete", "-f", InstalledCrds.files().toString());
        aWhilePasses();
        assertThat(pair.first.program().isAlive()).isTrue();
        InstalledCrds.on(kubernetes);
        await().atMost(PATIENCE).until(() -> !agents().isEmpty());
        pair.runOneTask();
        pair.endTheLongTask(framework);
    }

    private void grant() {
        kubectl.get(
                "create",
                "clusterrolebinding",
                ACCOUNT,
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + kubernetes.namespace() + ":" + ACCOUNT);
    }

    private static void aWhilePasses() {
        long start = System.nanoTime();
        await().atMost(A_WHILE.multipliedBy(2))
                .until(() -> Duration.ofNanos(System.nanoTime() - start).compareTo(A_WHILE) > 0);
    }

    private String agents() {
        return kubectl.get("get", "pagent", "-o", "name");
    }

    private String uidOfTheAgent() {
        return kubectl.get("get", "pagent", "-o", "jsonpath={.items[0].metadata.uid}");
    }

    private String renewed() {
        return kubectl.get("get", "lease", "proffer-master", "-o", "jsonpath={.spec.renewTime}");
    }
}
