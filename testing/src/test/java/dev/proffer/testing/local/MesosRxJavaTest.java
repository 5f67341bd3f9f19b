package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.LocalCluster;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client library that was written for Mesos and knows nothing of us, on the class path that it was released with. */
class MesosRxJavaTest {
    @TempDir
    Path folder;

    @Test
    void subscribesGetsOffersLaunchesATaskAndGetsItsUpdates() throws IOException, InterruptedException {
        try (var cluster = LocalCluster.start(folder);
                var framework = framework(cluster)) {
            framework.awaitExit(0);
            assertThat(framework.lines())
                    .anyMatch(line -> line.startsWith("SUBSCRIBED "))
                    .anyMatch(line -> line.startsWith("OFFER "))
                    .contains("HEARTBEAT", "UPDATE TASK_STARTING", "UPDATE TASK_RUNNING", "UPDATE TASK_FINISHED");
        }
    }

    private static Program framework(LocalCluster cluster) throws IOException {
        var target = Built.file("testing/clients/mesos-rxjava/target");
        return Program.java(
                "mesos-rxjava",
                List.of(
                        "-cp",
                        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                        "dev.proffer.testing.clients.rxjava.RxJavaFramework",
                        cluster.master().resolve("/api/v1/scheduler").toString()));
    }
}
