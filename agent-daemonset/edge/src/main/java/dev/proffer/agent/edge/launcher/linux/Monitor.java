package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.launcher.InstalledScript;
import dev.proffer.agent.edge.launcher.Processes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts conmon, which has the runtime create a container, keeps its output and writes down its exit status. It outlives the
 * agent: it is in a cgroup that is not the agent's and, with a toolbox, in a mount namespace that holds nothing of the agent's
 * container.
 */
final class Monitor {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int COMPLAINT_CHARACTERS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FIRST_LOOK_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LAST_LOOK_NANOS = Duration.ofMillis(20).toNanos();

    /** A look may come this part of what has passed so far too late. */
    private static final long LATE = 20;

    private final LinuxConfig config;
    private final OciRuntime runtime;
    private final InstalledScript script;
    private final Path stateFolder;
    private final Processes processes = Processes.ofMachine();

    Monitor(LinuxConfig config, OciRuntime runtime, Path stateFolder, Path scripts) throws IOException {
        this.config = config;
        this.runtime = runtime;
        this.stateFolder = stateFolder;
        this.script = InstalledScript.install(Monitor.class, "monitor.sh", scripts);
    }

    /**
     * Has a container created, which waits to be started.
     *
     * @return the pid of its first process
     */
    long create(Workplace workplace, Bundle bundle, Path sandbox, Account account) throws IOException {
        var builder = new ProcessBuilder(command(workplace, bundle, sandbox, account))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(bundle.file("log").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", PATH, "_OCI_SYNCPIPE", "4"));
        var process = builder.start();
        var said = answer(process, bundle);
        try {
            long pid = said.isEmpty() ? 0 : new JsonObject(said).getLong("pid", 0L);
            if (pid > 0) {
                return pid;
            }
        } catch (DecodeException notOurs) {
            throw new IOException("the monitor said '" + said + "'", notOurs);
        }
        throw new IOException("the container was not created: " + (said.isEmpty() ? complaint(bundle, sandbox) : said));
    }

    /** What the script says stands in the bundle; what the runtime says, where the task's errors go. */
    private static String complaint(Bundle bundle, Path sandbox) {
        var ofScript = lastOf(bundle.file("log"));
        return ofScript.isEmpty() ? lastOf(sandbox.resolve("stderr")) : ofScript;
    }

    private static String lastOf(Path log) {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            var last = lines.reduce("", (_, line) -> line);
            return last.substring(0, Math.min(last.length(), COMPLAINT_CHARACTERS));
        } catch (IOException | UncheckedIOException unreadable) {
            return "";
        }
    }

    private List<String> command(Workplace workplace, Bundle bundle, Path sandbox, Account account) {
        var id = bundle.container();
        var command = new ArrayList<>(List.of("/bin/sh", script.path().toString()));
        command.add(workplace.toolbox().map(Path::toString).orElse(""));
        command.addAll(List.of(
                stateFolder.toString(),
                sandbox.toString(),
                account.uid() + ":" + account.gid(),
                bundle.monitorPidFile().toString(),
                bundle.answerFile().toString()));
        command.addAll(workplace.supervisorFiles());
        command.addAll(List.of("--", config.monitor().toString(), "--sync", "--full-attach"));
        command.addAll(List.of("--cid", id, "--cuuid", id, "--name", id));
        command.addAll(List.of(
                "--runtime",
                config.runtime().toString(),
                "--bundle",
                bundle.path().toString()));
        command.addAll(List.of("--container-pidfile", bundle.taskPidFile().toString()));
        command.addAll(List.of(
                "--log-path", "passthrough", "--exit-dir", bundle.exits().toString()));
        command.addAll(List.of(
                "--runtime-arg", "--root", "--runtime-arg", runtime.root().toString()));
        return command;
    }

    /** What the monitor says, in one line; empty if it ends without a word. It lives as long as the task. */
    private static String answer(Process process, Bundle bundle) throws IOException {
        long start = System.nanoTime();
        long passed = 0;
        while (passed < PATIENCE.toNanos()) {
            boolean alive = process.isAlive();
            var said = bundle.answer();
            if (!said.isEmpty() || !alive) {
                return said;
            }
            LockSupport.parkNanos(Math.clamp(passed / LATE, FIRST_LOOK_NANOS, LAST_LOOK_NANOS));
            passed = System.nanoTime() - start;
        }
        process.destroyForcibly();
        throw new IOException("the monitor said nothing for " + PATIENCE.toSeconds() + " s");
    }

    /** The monitor of a container, if it is alive. */
    Optional<ProcessHandle> of(Bundle bundle) throws IOException {
        var pid = bundle.monitorPid();
        return pid.isPresent()
                ? ProcessHandle.of(pid.getAsLong()).filter(process -> isMonitor(process, bundle))
                : processes.matching(process -> isMonitor(process, bundle)).stream()
                        .findFirst();
    }

    private boolean isMonitor(ProcessHandle process, Bundle bundle) {
        return processes.runs(process)
                && processes.hasArgument(process, bundle.path().toString());
    }
}
