package dev.proffer.testing.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People delete objects, kinds and namespaces while a task runs, which lives on in each case. */
class DeletionIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final Duration SOON = Duration.ofSeconds(90);

    /** Longer than a vanished object is still believed in. */
    private static final Duration STAYS = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private String tenant;
    private ClusterUnderPolicy cluster;
    private final List<Resident> residents = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        InstalledCrds.on(kubernetes);
        var own = kubernetes.namespace();
        tenant = "tenant-" + own.substring(own.length() - 8);
        kubernetes.kubectl().get("create", "namespace", tenant);
        declareAll();
        cluster = ClusterUnderPolicy.start(
                kubernetes.access().clientConfig(), kubernetes.namespace(), folder, 1, new ClaimedAccount());
        residents.add(subscribed(() -> Resident.start(cluster, account(), "eng", folder)));
        await().atMost(SOON).until(resident()::isRunning);
    }

    @AfterEach
    void stop() {
        residents.forEach(Resident::close);
        cluster.close();
    }

    private Resident resident() {
        return residents.getFirst();
    }

    private String account() {
        return tenant + "/worker";
    }

    private interface Start {
        Resident now();
    }

    /** Who is refused tries again: the policy may not be known yet. */
    private static Resident subscribed(Start start) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            var resident = start.now();
                            await().atMost(SOON).until(() -> resident.isSubscribed() || resident.isTurnedAway());
                            return resident;
                        },
                        Resident::isSubscribed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrameworkWhoseObjectOrNamespaceIsDeletedMayComeBackAndFindsItsTask(boolean namespaceToo) {
        if (namespaceToo) {
            kubernetes.kubectl().get("delete", "namespace", tenant, "--timeout=90s");
        } else {
            kubernetes.kubectl().get("delete", "pfw", "worker", "-n", tenant);
        }
        await().atMost(SOON).until(resident()::isTurnedAway);
        assertThat(resident().isTaskAlive()).isTrue();

        if (namespaceToo) {
            kubernetes.kubectl().get("create", "namespace", tenant);
        }
        declareFramework();
        var back = subscribed(() -> resident().comeBack(cluster, account(), "eng"));
        residents.addFirst(back);
        await().atMost(SOON).until(back::isRunning);
        assertThat(back.isTaskAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reservations", "quotas", "roles", "agents", "profferclusters"})
    void whatAdministratorsDeleteEndsNoTaskAndTurnsNobodyAway(String kind) {
        kubernetes.kubectl().get("delete", kind + ".proffer.dev", "--all");
        staysAsItWas();
    }

    @Test
    void kindsDeletedOneByOneEndNothingAndCountAgainOnceTheyAreBack() {
        for (var kind : InstalledCrds.KINDS) {
            var name = kind.toLowerCase(Locale.ROOT) + "s.proffer.dev";
            kubernetes.kubectl().get("delete", "crd", name, "--wait=false");
            await(name)
                    .atMost(SOON)
                    .until(() -> kubernetes.kubectl().run("get", "crd", name).code() != 0);
            staysAsItWas();
        }
        InstalledCrds.on(kubernetes);
        declareAll();
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: ops}
                spec: {path: ops, allowedSubjects: [{kind: ServiceAccount, namespace: %s, name: other}]}
                """.formatted(tenant));
        declareFramework("other", "ops");
        residents.add(subscribed(() -> Resident.start(cluster, tenant + "/other", "ops", folder)));
        await().atMost(SOON).until(residents.getLast()::isRunning);
        staysAsItWas();
    }

    private void staysAsItWas() {
        await().during(STAYS)
                .atMost(SOON)
                .until(() -> resident().isTaskAlive()
                        && resident().isRunning()
                        && !resident().isTurnedAway());
    }

    private void declareAll() {
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main}
                spec:
                  admission: {namespaces: ["*"]}
                  listeners: [{name: test, tls: false, authentication: [Anonymous]}]
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: eng}
                spec: {path: eng, allowedSubjects: [{kind: ServiceAccount, namespace: %s, name: worker}]}
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Quota
                metadata: {name: eng}
                spec: {role: eng, resources: [{name: cpus, guarantee: "0.1", limit: "4"}]}
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Reservation
                metadata: {name: eng}
                spec: {role: eng, resources: [{name: cpus, amount: "0.2"}], agentSelector: {}}
                """.formatted(tenant));
        declareFramework();
    }

    private void declareFramework() {
        declareFramework("worker", "eng");
    }

    private void declareFramework(String name, String role) {
        apply("""
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: %s, namespace: %s}
                spec: {cluster: {name: main, namespace: %s}, roles: [%s]}
                """.formatted(name, tenant, kubernetes.namespace(), role));
    }

    private static void apply(String yaml) {
        kubernetes.kubectl().apply(yaml).expectSuccess();
    }
}
