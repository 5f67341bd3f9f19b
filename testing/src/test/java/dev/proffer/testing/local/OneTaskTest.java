package dev.proffer.testing.local;

import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.LocalCluster;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The framework of the README, against a real cluster. */
class OneTaskTest {
    @TempDir
    Path folder;

    @Test
    void runsItsTaskAndEnds() throws IOException, InterruptedException {
        try (var cluster = LocalCluster.start(folder);
                var framework = Program.java(
                        "one-task",
                        List.of(
                                "-cp",
                                Built.file("framework-sdk/target/test-classes") + ":"
                                        + System.getProperty("java.class.path"),
                                "dev.proffer.sdk.example.OneTask",
                                cluster.master().toString()))) {
            framework.awaitLine(line -> line.equals("greeting is TASK_FINISHED"));
            framework.awaitExit(0);
        }
    }
}
