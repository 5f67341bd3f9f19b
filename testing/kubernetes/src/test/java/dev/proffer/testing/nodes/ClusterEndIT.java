package dev.proffer.testing.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster leaves nothing, however it ends. */
@Tag("nodes")
class ClusterEndIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @BeforeEach
    void machineCarriesNodes() {
        var complaint = new Prerequisites(System.getenv()).complaint();
        Assumptions.assumeTrue(complaint.isEmpty(), () -> complaint.orElse(""));
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException, InterruptedException {
        var holder = start();
        holder.outputWriter().close();
        assertThat(holder.waitFor()).isZero();
        awaitNothingOf(holder);
    }

    @Test
    void nothingIsLeftWhenItsProcessIsKilled() throws IOException, InterruptedException {
        var holder = start();
        holder.destroyForcibly().waitFor();
        awaitNothingOf(holder);
    }

    @Test
    void whatIsLeftWhenItsGuardIsKilledTooIsRemovedByTheNext() throws IOException, InterruptedException {
        var holder = start();
        var guards = holder.children()
                .filter(child -> child.info().commandLine().orElse("").contains("guard"))
                .toList();
        assertThat(guards).hasSize(1);
        guards.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();
        assertThat(remains(holder.pid())).isNotEmpty();
        ClusterFolder.sweepDead();
        awaitNothingOf(holder);
    }

    private static Process start() throws IOException {
        var holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
        assertThat(remains(holder.pid())).as("a running cluster").hasSizeGreaterThan(4);
        return holder;
    }

    /** The dead are about until the first process of the machine buries them. */
    private static void awaitNothingOf(Process holder) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(remains(holder.pid())).isEmpty());
    }

    /** Everything on this machine that bears the cluster's name: processes, cgroups, interfaces, mounts, its folder. */
    private static List<String> remains(long pid) throws IOException {
        var folder = new ClusterFolder(ClusterFolder.all().resolve(Long.toString(pid)));
        var found = Command.of("find", "/sys/fs/cgroup", "-maxdepth", "3", "-name", folder.name())
                .run()
                .lines()
                .collect(Collectors.toList());
        found.addAll(cgroups().filter(line -> line.contains(folder.name())).toList());
        try (var interfaces = Files.list(Path.of("/sys/class/net"))) {
            found.addAll(interfaces
                    .map(Path::toString)
                    .filter(name -> name.endsWith("/" + folder.name()))
                    .toList());
        }
        found.addAll(Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(folder.path().toString()))
                .toList());
        if (Files.exists(folder.path())) {
            found.add(folder.path().toString());
        }
        return found;
    }

    /** Of every process of this machine the cgroups, a line each. */
    private static Stream<String> cgroups() throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes.filter(folder -> folder.getFileName().toString().matches("\\d+")).toList().stream()
                    .flatMap(folder -> lines(folder.resolve("cgroup")));
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    /** Holds a cluster of one node until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            try (var _ = MachineCluster.start(1)) {
                System.out.println("ready");
                System.in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
