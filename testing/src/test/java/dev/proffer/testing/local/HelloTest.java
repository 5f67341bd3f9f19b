package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloTest {
    private static final int TASKS = 5;

    @TempDir
    Path folder;

    @Test
    void runsItsFiveTasksAndExitsWithZero() throws IOException, InterruptedException {
        try (var cluster = LocalCluster.start(folder.resolve("cluster"));
                var hello = Hello.start(cluster.master())) {
            hello.awaitExit(0);
            assertThat(hello.lines())
                    .filteredOn(line -> line.contains("TASK_FINISHED"))
                    .hasSize(TASKS);
        }
    }

    @Test
    void goesOnWhereItWasWhenKilledAndRestarted() throws IOException, InterruptedException {
        var state = folder.resolve("hello.state").toString();
        // Each task leaves a mark of its own, so that a task run twice would show.
        var command = "mktemp " + folder + "/ran.XXXXXX; sleep 1";
        try (var cluster = LocalCluster.start(folder.resolve("cluster"))) {
            try (var first = Hello.start(cluster.master(), "--state-file", state, "--command", command)) {
                first.awaitLine(line -> line.contains("TASK_FINISHED"));
                first.kill();
            }
            try (var second = Hello.start(cluster.master(), "--state-file", state, "--command", command)) {
                second.awaitExit(0);
            }
        }
        assertThat(folder.toFile().list((ignored, name) -> name.startsWith("ran.")))
                .hasSize(TASKS);
    }
}
