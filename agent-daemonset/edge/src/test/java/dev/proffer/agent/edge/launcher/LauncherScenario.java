package dev.proffer.agent.edge.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.edge.sandbox.Sandboxes;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A launcher of real processes, and what it says of them. */
final class LauncherScenario implements AutoCloseable {
    static final TaskKey TASK = new TaskKey(new FrameworkId("f1"), new TaskId("t1"));
    static final String CONTAINER = "0123456789abcdef0123456789abcdef";
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String AGENT = "m1-S0";

    private final Path state;
    private final PosixLauncher launcher;
    private final List<AgentInput> heard = new CopyOnWriteArrayList<>();

    LauncherScenario(Path state) throws IOException {
        this.state = state;
        this.launcher =
                new PosixLauncher(state.resolve("launcher"), new Sandboxes(state)::create, "host:5051", heard::add);
    }

    PosixLauncher launcher() {
        return launcher;
    }

    static CommandInfo.Builder shell(String line) {
        return CommandInfo.newBuilder().setValue(line);
    }

    LauncherScenario start(String line) {
        return start(shell(line));
    }

    LauncherScenario start(CommandInfo.Builder command) {
        var task = TaskInfo.newBuilder()
                .setName("task")
                .setTaskId(TaskID.newBuilder().setValue(TASK.task().value()))
                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                .setCommand(command)
                .build();
        var framework = FrameworkInfo.newBuilder()
                .setUser("nobody")
                .setName("test")
                .setId(FrameworkID.newBuilder().setValue(TASK.framework().value()))
                .build();
        launcher.start(new AgentEffect.Start(TASK, CONTAINER, task, framework), AGENT);
        return this;
    }

    void kill(boolean force) {
        launcher.kill(new AgentEffect.Kill(TASK, CONTAINER, force));
    }

    void forget() {
        launcher.forget(new AgentEffect.Forget(TASK, CONTAINER));
    }

    Path sandbox() {
        return state.resolve("slaves/" + AGENT + "/frameworks/f1/executors/t1/runs/" + CONTAINER);
    }

    Path container() {
        return state.resolve("launcher/containers/" + CONTAINER);
    }

    List<AgentInput> heard() {
        return List.copyOf(heard);
    }

    private Optional<ExitStatus> exit() {
        return heard.stream()
                .filter(AgentInput.TaskExited.class::isInstance)
                .map(input -> ((AgentInput.TaskExited) input).status())
                .findFirst();
    }

    ExitStatus awaitExit() {
        await().atMost(PATIENCE).until(() -> exit().isPresent());
        return exit().orElseThrow();
    }

    boolean hasExited() {
        return exit().isPresent();
    }

    /** Waits until the task has written a whole line into that file of its sandbox. */
    String awaitLine(String file) {
        var path = sandbox().resolve(file);
        await().atMost(PATIENCE)
                .until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
        return read(file).strip();
    }

    ProcessHandle awaitProcess(String pidFile) {
        long pid = Long.parseLong(awaitLine(pidFile));
        return ProcessHandle.of(pid).orElseThrow();
    }

    String read(String file) {
        try {
            return Files.readString(sandbox().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle supervisor() {
        var pid = container().resolve("supervisor");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertGone(ProcessHandle... processes) {
        for (var process : processes) {
            await().atMost(PATIENCE).until(() -> isGone(process));
        }
    }

    /** A zombie that nobody reaps, as in a container without an init, is gone as well. */
    private static boolean isGone(ProcessHandle process) throws IOException {
        var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return !process.isAlive() || Files.readString(stat).contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    static void assertAlive(ProcessHandle... processes) throws IOException {
        for (var process : processes) {
            assertThat(isGone(process)).isFalse();
        }
    }

    /** Leaves nothing behind, whatever the test left. */
    @Override
    public void close() {
        ProcessTree.killOrphans(CONTAINER);
        launcher.close();
    }
}
