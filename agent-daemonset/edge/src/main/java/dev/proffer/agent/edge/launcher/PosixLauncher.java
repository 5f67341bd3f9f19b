package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.core.Found;
import dev.proffer.agent.core.TaskKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks as plain processes, without privileges: each under a small supervisor in a session of its own, which outlives
 * the agent and keeps the exit status. A task ends with the process that it was started as: whatever that has left behind is
 * killed then. Nothing but the machine limits what a task uses.
 */
public final class PosixLauncher implements Launcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PosixLauncher.class);
    private static final String SUPERVISOR = "supervise.sh";
    private static final long LEAST_FREE_BYTES = 16 << 20;

    private final Path containers;
    private final Path supervisor;
    private final SandboxSource sandboxes;
    private final String agentEndpoint;
    private final Consumer<AgentInput> listener;

    /** Starting a process blocks for a few milliseconds. */
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param folder for this launcher alone; kept across restarts */
    public PosixLauncher(Path folder, SandboxSource sandboxes, String agentEndpoint, Consumer<AgentInput> listener)
            throws IOException {
        this.containers = Files.createDirectories(folder.toAbsolutePath().resolve("containers"));
        this.supervisor = folder.toAbsolutePath().resolve(SUPERVISOR);
        this.sandboxes = sandboxes;
        this.agentEndpoint = agentEndpoint;
        this.listener = listener;
        install();
    }

    /** Supervisors of an earlier version go on reading their own file: it is replaced, never changed. */
    private void install() throws IOException {
        var next = supervisor.resolveSibling(SUPERVISOR + ".next");
        try (var script = Objects.requireNonNull(PosixLauncher.class.getResourceAsStream(SUPERVISOR))) {
            Files.copy(script, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(next, supervisor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void start(AgentEffect.Start start, String agentId) {
        workers.execute(() -> {
            try {
                var process = spawn(start, agentId);
                listener.accept(new AgentInput.TaskStarted(start.task(), process.pid()));
                watch(start.task(), container(start.containerId()), process.toHandle());
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "task not started framework={} task={}",
                        start.task().framework(),
                        start.task().task(),
                        e);
                listener.accept(new AgentInput.TaskNotStarted(start.task(), String.valueOf(e.getMessage())));
            }
        });
    }

    private Process spawn(AgentEffect.Start start, String agentId) throws IOException {
        if (containers.toFile().getUsableSpace() < LEAST_FREE_BYTES) {
            throw new IOException("less than " + (LEAST_FREE_BYTES >> 20) + " MiB of disk are free at " + containers);
        }
        var sandbox = sandboxes.create(
                agentId, start.task().framework().value(), start.task().task().value(), start.containerId());
        var container = container(start.containerId());
        Files.createDirectories(container.folder());
        var command = new ArrayList<String>(List.of("setsid", "/bin/sh", supervisor.toString()));
        command.add(container.folder().toString());
        command.add(sandbox.toString());
        command.addAll(TaskCommand.of(start.info().getCommand()));
        var builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(TaskEnvironment.of(start, agentId, agentEndpoint, sandbox));
        return builder.start();
    }

    private Container container(String id) {
        return new Container(containers.resolve(id));
    }

    private void watch(TaskKey task, Container container, ProcessHandle process) {
        var _ = process.onExit()
                .thenRunAsync(
                        () -> {
                            ProcessTree.killOrphans(container.id());
                            listener.accept(new AgentInput.TaskExited(task, exit(container)));
                        },
                        workers);
    }

    private static ExitStatus exit(Container container) {
        try {
            return container.exit().orElseGet(() -> new ExitStatus.Unknown("The task's supervisor was killed"));
        } catch (IOException | RuntimeException e) {
            return new ExitStatus.Unknown("The task's exit status cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void kill(AgentEffect.Kill kill) {
        workers.execute(() -> {
            try {
                var supervisor = container(kill.containerId()).supervisor();
                supervisor
                        .map(process -> new ProcessTree(process, kill.containerId()))
                        .ifPresent(kill.force() ? ProcessTree::kill : ProcessTree::terminate);
            } catch (IOException | RuntimeException e) {
                LOG.warn("kill failed task={} container={}", kill.task().task(), kill.containerId(), e);
            }
        });
    }

    @Override
    public Found find(TaskKey task, String containerId) {
        var container = container(containerId);
        try {
            var running = container.supervisor();
            if (running.isPresent()) {
                watch(task, container, running.get());
                return new Found.Running(running.get().pid());
            }
            ProcessTree.killOrphans(containerId);
            Optional<Found> ended = container.exit().map(Found.Ended::new);
            return ended.orElseGet(Found.Nothing::new);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for container " + containerId, e);
        }
    }

    @Override
    public void forget(AgentEffect.Forget forget) {
        workers.execute(() -> {
            try {
                container(forget.containerId()).delete();
            } catch (IOException e) {
                LOG.warn("container folder not removed container={}", forget.containerId(), e);
            }
        });
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
