package dev.proffer.sdk.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.testing.ScriptedMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The framework that the README shows. */
class OneTaskTest {
    @Test
    void runsItsTaskAndTearsDown() {
        var master = new ScriptedMaster(new OneTask());
        master.start();

        master.offer("agent-1", "cpus:0.01;mem:1024");
        assertThat(master.launched()).isEmpty();
        master.offer("agent-2", "cpus:4;mem:1024");
        master.offer("agent-1", "cpus:4;mem:1024");
        assertThat(master.launched()).hasSize(1);
        master.update("greeting", TaskState.TASK_RUNNING);
        assertThat(master.termination()).isEmpty();
        master.update("greeting", TaskState.TASK_FINISHED);

        assertThat(master.termination().orElseThrow().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
    }

    @Test
    void standsInTheReadmeAsItIsHere() throws IOException {
        var source = Files.readString(Path.of("src/test/java/dev/proffer/sdk/example/OneTask.java"));
        var shown = source.substring(source.indexOf("final class OneTask"));

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```");
    }
}
