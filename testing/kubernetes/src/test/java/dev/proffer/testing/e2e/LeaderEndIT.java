package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.Node;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Another master goes on where the leader ended. */
@Tag("nodes")
class LeaderEndIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    @TempDir
    Path folder;

    @Test
    void noTaskIsLostWhenTheLeadersPodIsDeleted() throws Exception {
        outlived("deletion", leader -> proffer.kubectl("delete", "pod", leader));
    }

    @Test
    void noTaskIsLostWhenTheLeaderIsKilled() throws Exception {
        outlived("kill", leader -> {
            var uid = proffer.get("pod/" + leader, "{.metadata.uid}");
            node(proffer.get("pod/" + leader, "{.spec.nodeName}")).run("sh", "-c", killJavaOf(uid));
        });
    }

    private interface End {
        void of(String leader);
    }

    private void outlived(String role, End end) throws Exception {
        try (var workload = Workload.start(cluster, proffer, role, 1, folder)) {
            var before = names("before");
            before.forEach(task ->
                    workload.launch(TaskSpec.shell(task, "sleep 600").cpus(0.02).mem(32)));
            workload.awaitRunning(before);
            var leader = proffer.leader();
            int offers = workload.offered().size();
            int subscriptions = workload.subscriptions();

            long start = System.nanoTime();
            end.of(leader);
            await("another leads")
                    .atMost(InstalledProffer.PATIENCE)
                    .until(() -> workload.subscriptions() > subscriptions);
            var after = names("after");
            after.forEach(task ->
                    workload.launch(TaskSpec.shell(task, "sleep 600").cpus(0.02).mem(32)));
            workload.awaitRunning(after);
            System.out.printf(
                    "%s of the leader: first offer after %d ms%n",
                    role, (workload.offered().get(offers).at() - start) / 1_000_000);

            assertThat(before).allSatisfy(task -> {
                assertThat(workload.isRunning(task)).as(task).isTrue();
                assertThat(workload.updates(task))
                        .noneMatch(update -> Workload.TERMINAL.contains(update.getState())
                                || update.getState() == TaskState.TASK_UNREACHABLE);
            });
        }
        proffer.awaitReady();
    }

    /** Ends the program in a pod, not the pod. */
    private static String killJavaOf(String pod) {
        return "for p in /proc/[0-9]*; do grep -q pod" + pod
                + " $p/cgroup && grep -q java $p/comm && kill -9 ${p#/proc/}; done; true";
    }

    private static Node node(String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, 20).mapToObj(number -> prefix + "-" + number).toList();
    }
}
