package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.NodeCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a task may use is held by the kernel. */
@Tag("nodes")
class LimitsIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    private static final String NODE = "node-2";

    /** Spins on the first CPU for 20 s, then says how much of it it had. */
    private static final String SPIN =
            "exec taskset -c 0 timeout -s USR1 20 sh -c 'trap \"times; exit 0\" USR1; while :; do :; done'";

    private static final Pattern MINUTES_AND_SECONDS = Pattern.compile("(\\d+)m([\\d.]+)s");

    @TempDir
    Path folder;

    @Test
    void aTaskThatTakesTooMuchMemoryEndsForItAndItsNeighbourDoesNot() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "memory", 1, folder)) {
            workload.launchOn(
                    NODE, TaskSpec.shell("neighbour", "sleep 600").cpus(0.1).mem(32));
            workload.awaitRunning(List.of("neighbour"));
            workload.launchOn(
                    NODE, TaskSpec.shell("hog", "exec tail /dev/zero").cpus(0.1).mem(64));

            var end = workload.awaitEnd("hog");
            assertThat(end.getState()).isEqualTo(TaskState.TASK_FAILED);
            assertThat(end.getReason()).isEqualTo(Reason.REASON_CONTAINER_LIMITATION_MEMORY);
            assertThat(end.getMessage()).contains("64");
            assertThat(workload.isRunning("neighbour")).isTrue();
        }
    }

    @Test
    void aForkBombStopsAtItsLimitAndItsNeighbourRunsOn() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "forks", 1, folder)) {
            workload.launchOn(
                    NODE, TaskSpec.shell("neighbour", "sleep 600").cpus(0.1).mem(32));
            workload.awaitRunning(List.of("neighbour"));
            workload.launchOn(
                    NODE,
                    TaskSpec.shell("bomb", "for i in $(seq 200); do sleep 60 & done; wait")
                            .cpus(0.1)
                            .mem(64));

            assertThat(workload.awaitEnd("bomb").getState()).isEqualTo(TaskState.TASK_FAILED);
            assertThat(workload.isRunning("neighbour")).isTrue();
        }
    }

    @Test
    void tasksShareACpuByTheirWeights() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "weights", 1, folder)) {
            workload.launchOn(NODE, TaskSpec.shell("light", SPIN).cpus(0.2).mem(32));
            workload.launchOn(NODE, TaskSpec.shell("heavy", SPIN).cpus(0.6).mem(32));
            assertThat(workload.awaitEnd("light").getState()).isEqualTo(TaskState.TASK_FINISHED);
            assertThat(workload.awaitEnd("heavy").getState()).isEqualTo(TaskState.TASK_FINISHED);

            double light = cpuSeconds("light");
            double heavy = cpuSeconds("heavy");
            System.out.printf("weights 1:3 had %.2f s and %.2f s of a CPU in 20 s%n", light, heavy);
            assertThat(heavy / light).isCloseTo(3.0, within(0.3));
        }
    }

    private static double cpuSeconds(String task) throws Exception {
        var times = MINUTES_AND_SECONDS.matcher(proffer.cli("logs", task));
        double sum = 0;
        while (times.find()) {
            sum += 60 * Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
        }
        return sum;
    }
}
