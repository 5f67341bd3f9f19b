package dev.proffer.testing.e2e;

import static org.awaitility.Awaitility.await;

import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Weights and quota decide who gets how much. */
@Tag("nodes")
class SharesIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    /** Of 0.1 CPUs each: more than three agents of one CPU have. */
    private static final int TASKS = 30;

    @TempDir
    Path folder;

    @Test
    void tasksMoveToWhatWeightsAndThenAQuotaSay() throws Exception {
        try (var one = Workload.start(cluster, proffer, "single", 1, folder);
                var two = Workload.start(cluster, proffer, "twofold", 2, folder)) {
            fill(one);
            fill(two);
            await("1:2")
                    .atMost(InstalledProffer.PATIENCE)
                    .until(() -> near(one.running(), 10) && near(two.running(), 20));

            proffer.admin().apply("""
                    apiVersion: proffer.dev/v1alpha1
                    kind: Quota
                    metadata: {name: twofold, namespace: proffer}
                    spec:
                      role: twofold
                      resources: [{name: cpus, limit: 500m}]
                    """).expectSuccess();
            await("limited")
                    .atMost(InstalledProffer.PATIENCE)
                    .until(() -> near(one.running(), 25) && two.running() <= 6);
        } finally {
            proffer.kubectl("delete", "quota.proffer.dev", "twofold", "--ignore-not-found");
        }
    }

    /** Short tasks, one after the other, so that shares can move. */
    private static void fill(Workload workload) {
        IntStream.range(0, 40 * TASKS)
                .forEach(number -> workload.launch(
                        TaskSpec.shell("t-" + number, "sleep 8").cpus(0.1).mem(32)));
    }

    private static boolean near(long actual, long wanted) {
        return Math.abs(actual - wanted) <= 3;
    }
}
