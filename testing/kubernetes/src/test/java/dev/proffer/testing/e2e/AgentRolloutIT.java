package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tasks outlive the pods of agents. */
@Tag("nodes")
class AgentRolloutIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    private static final int LONG = 50;
    private static final int SHORT = 50;

    /** Pods that take all that nodes have left, and wait for more. */
    private static final String GREEDY_PODS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: greedy}
            spec:
              replicas: 12
              selector: {matchLabels: {app: greedy}}
              template:
                metadata: {labels: {app: greedy}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: greedy
                      image: proffer/pause:1
                      resources: {requests: {cpu: 300m}}
            """;

    @TempDir
    Path folder;

    /** Fault 12. */
    @Test
    void agentsAreReplacedUnderRunningTasks() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "rollout", 1, folder)) {
            proffer.admin().apply(GREEDY_PODS).expectSuccess();
            var stay = names("stay", LONG);
            var end = names("end", SHORT);
            stay.forEach(task -> workload.launch(
                    TaskSpec.shell(task, "echo $$; sleep 1200").cpus(0.01).mem(32)));
            end.forEach(task ->
                    workload.launch(TaskSpec.shell(task, "sleep 45").cpus(0.01).mem(32)));
            workload.awaitRunning(stay);
            await().atMost(InstalledProffer.PATIENCE)
                    .until(() ->
                            end.stream().noneMatch(task -> workload.state(task).isEmpty()));

            long start = System.nanoTime();
            proffer.kubectl("rollout", "restart", InstalledProffer.AGENTS);
            proffer.kubectl("rollout", "status", InstalledProffer.AGENTS, "--timeout=240s");
            proffer.awaitReady();
            System.out.printf("three agents were replaced in %d s%n", (System.nanoTime() - start) / 1_000_000_000);

            assertThat(end)
                    .allSatisfy(task ->
                            assertThat(workload.awaitEnd(task).getState()).isEqualTo(TaskState.TASK_FINISHED));
            assertThat(stay)
                    .allSatisfy(task ->
                            assertThat(workload.isRunning(task)).as(task).isTrue());
            stay.forEach(workload::kill);
            assertThat(stay).allSatisfy(task -> {
                assertThat(workload.awaitEnd(task).getState()).isEqualTo(TaskState.TASK_KILLED);
                assertThat(workload.updates(task).stream()
                                .map(TaskStatus::getState)
                                .distinct())
                        .isSubsetOf(
                                TaskState.TASK_STARTING,
                                TaskState.TASK_RUNNING,
                                TaskState.TASK_KILLING,
                                TaskState.TASK_KILLED);
            });
        }
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + "-" + number)
                .toList();
    }
}
