package dev.proffer.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is left behind, however a test run ends. */
class ChildProcessesTest {
    private static final List<String> PATIENT = List.of("sleep", "600");

    @Test
    void whoClosesKillsThemAndRemovesTheirFolder() throws IOException {
        var processes = ChildProcesses.inTemporaryFolder();
        var process = processes.start("patient", PATIENT);
        processes.kill(processes.start("killed before", PATIENT));
        processes.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(processes.folder()).doesNotExist();
    }

    @Test
    void theyDieWithAJvmThatIsKilled() throws IOException, InterruptedException {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = jvm.inputReader(StandardCharsets.UTF_8)) {
            var child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            var folder = Path.of(output.readLine());
            assertThat(child.isAlive()).isTrue();
            assertThat(folder).exists();
            jvm.destroyForcibly().waitFor();
            await().until(() -> !child.isAlive() && !Files.exists(folder));
        }
    }

    /** Starts a process and waits to be killed. */
    static final class Dying {
        private Dying() {}

        public static void main(String[] args) throws Exception {
            var processes = ChildProcesses.inTemporaryFolder();
            System.out.println(processes.start("patient", PATIENT).pid());
            System.out.println(processes.folder());
            Thread.currentThread().join();
        }
    }
}
