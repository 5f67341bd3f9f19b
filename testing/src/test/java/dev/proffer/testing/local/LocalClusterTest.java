package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    @TempDir
    Path folder;

    @Test
    void leavesNoProcessBehindWhenStoppedInTheMiddleOfRunningTasks() throws IOException, InterruptedException {
        var clusterFolder = folder.resolve("cluster");
        try (var cluster = LocalCluster.start(clusterFolder);
                var hello = Hello.start(cluster.master(), "--command", "sleep 1000")) {
            hello.awaitLine(line -> line.contains("TASK_RUNNING"));
            assertThat(Processes.of(clusterFolder)).hasSizeGreaterThan(1);
            cluster.program().terminate();
            hello.kill();
        }
        await().untilAsserted(() -> assertThat(Processes.of(clusterFolder)).isEmpty());
    }

    @Test
    void adoptsItsTasksAgainAfterKillMinusNine() throws IOException, InterruptedException {
        var clusterFolder = folder.resolve("cluster");
        var gate = folder.resolve("go");
        var command = "echo $$ >> " + folder + "/pids; while [ ! -e " + gate + " ]; do sleep 0.1; done";
        try (var first = LocalCluster.start(clusterFolder);
                var hello = Hello.start(first.master(), "--tasks", "1", "--command", command)) {
            hello.awaitLine(line -> line.contains("TASK_RUNNING"));
            first.program().kill();
            assertThat(Processes.of(clusterFolder))
                    .as("the task and its supervisor")
                    .isNotEmpty();
            try (var second = LocalCluster.start(clusterFolder, first.master().getPort())) {
                assertThat(second.master()).isEqualTo(first.master());
                Files.createFile(gate);
                hello.awaitExit(0);
            }
        }
        assertThat(Files.readAllLines(folder.resolve("pids")))
                .as("started once")
                .hasSize(1);
    }
}
