package dev.proffer.testing.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kubectl apply} changes while frameworks run; what it must not change. */
class LivePolicyIT {
    private static final int AGENTS = 8;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Long enough for several full passes of the allocator. */
    private static final Duration STAYS = Duration.ofSeconds(4);

    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    @TempDir
    Path folder;

    private ClusterUnderPolicy cluster;

    @BeforeEach
    void start() throws IOException {
        InstalledCrds.on(kubernetes);
        apply(cluster(/* undeclared= */ true));
        cluster = ClusterUnderPolicy.start(kubernetes.access().clientConfig(), kubernetes.namespace(), folder, AGENTS);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void quotaLimitsTheNextOffersAndItsDeletionLiftsThatAlone() {
        apply(quota("{name: cpus, limit: 3}"));
        try (var dev = Greedy.start(cluster, "dev")) {
            await().atMost(SOON).until(() -> dev.running() == 3);
            await().during(STAYS).atMost(SOON).until(() -> dev.running() == 3);

            apply(quota("{name: cpus, limit: 5}"));
            await().atMost(SOON).until(() -> dev.running() == 5);

            apply(quota("{name: cpus, limit: 1}"));
            await().during(STAYS).atMost(SOON).until(() -> dev.running() == 5);

            kubernetes.kubectl().get("delete", "quota.proffer.dev", "dev");
            await().atMost(SOON).until(() -> dev.running() == AGENTS);
        }
    }

    @Test
    void guaranteeIsHeldBackFromOthersUntilItIsTaken() {
        apply(quota("{name: cpus, guarantee: 3}"));
        try (var other = Greedy.start(cluster, "other")) {
            await().atMost(SOON).until(() -> other.running() == AGENTS - 3);
            await().during(STAYS).atMost(SOON).until(() -> other.running() == AGENTS - 3);

            try (var dev = Greedy.start(cluster, "dev")) {
                await().atMost(SOON).until(() -> dev.running() == 3);
            }
        }
    }

    @Test
    void weightTellsWhoIsOfferedWhatBecomesFree() {
        try (var heavy = Greedy.start(cluster, "heavy");
                var light = Greedy.start(cluster, "light")) {
            await().atMost(SOON).until(() -> heavy.running() + light.running() == AGENTS);

            apply("""
                    apiVersion: proffer.dev/v1alpha1
                    kind: Role
                    metadata: {name: heavy}
                    spec: {path: heavy, weight: 3, allowedSubjects: [{kind: Group, name: "system:unauthenticated"}]}
                    """);
            await().atMost(SOON).until(() -> {
                heavy.killAll();
                light.killAll();
                await().atMost(SOON).until(() -> heavy.running() + light.running() == AGENTS);
                return heavy.running() == 6;
            });
            assertThat(light.running()).isEqualTo(2);
        }
    }

    @Test
    void clusterThatAdmitsNobodyAnyMoreTurnsFrameworksAwayAndEndsNoTask() {
        try (var before = Greedy.start(cluster, "before")) {
            await().atMost(SOON).until(() -> before.running() == AGENTS);

            apply(cluster(/* undeclared= */ false));
            await().atMost(SOON).until(before::isTurnedAway);
            assertThat(before.running()).isEqualTo(AGENTS);
            try (var after = Greedy.start(cluster, "after")) {
                await().atMost(SOON).until(after::isTurnedAway);
                assertThat(after.running()).isZero();
            }
        }
    }

    private static String cluster(boolean undeclared) {
        return """
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main}
                spec:
                  admission: {undeclared: %s}
                  listeners: [{name: test, tls: false, authentication: [Anonymous]}]
                """.formatted(undeclared);
    }

    private static String quota(String resource) {
        return """
                apiVersion: proffer.dev/v1alpha1
                kind: Quota
                metadata: {name: dev}
                spec: {role: dev, resources: [%s]}
                """.formatted(resource);
    }

    private static void apply(String yaml) {
        kubernetes.kubectl().apply(yaml).expectSuccess();
    }
}
