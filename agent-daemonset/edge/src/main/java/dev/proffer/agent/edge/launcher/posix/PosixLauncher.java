package dev.proffer.agent.edge.launcher.posix;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.launcher.ExitCodes;
import dev.proffer.agent.edge.launcher.Folders;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.launcher.Processes;
import dev.proffer.agent.edge.launcher.SandboxSource;
import dev.proffer.agent.edge.launcher.TaskCommand;
import dev.proffer.agent.edge.launcher.TaskEnvironment;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks as plain processes, without privileges: each under a small supervisor in a session of its own, which outlives
 * the agent and keeps the exit status. Nothing but the machine limits what a task uses. A process that leaves its parent and
 * makes a session of its own is found by a variable in its environment; one that also starts a program without that
 * variable is not found any more. Any thread.
 */
public final class PosixLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(PosixLauncher.class);

    private final Path runs;
    private final SupervisorScript supervisor;
    private final SandboxSource sandboxes;
    private final String agentEndpoint;
    private final Consumer<AgentInput> listener;
    private final Processes processes = Processes.ofMachine();
    private final Users users = Users.ofThisProcess();
    private final AdoptedTasks adopted = new AdoptedTasks();

    /** Starting a process blocks for a few milliseconds. */
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    public PosixLauncher(LauncherSource.Surroundings agent) throws IOException {
        var folder = agent.folder().toAbsolutePath();
        this.runs = Files.createDirectories(folder.resolve("runs"));
        this.supervisor = SupervisorScript.install(folder);
        this.sandboxes = agent.sandboxes();
        this.agentEndpoint = agent.agentEndpoint();
        this.listener = agent.listener();
    }

    /** It needs nothing and enforces nothing. */
    @Override
    public List<Problem> examine(Resources configured) {
        return List.of();
    }

    @Override
    public void launch(AgentEffect.Launch launch) {
        workers.execute(() -> {
            try {
                start(launch);
            } catch (IOException | RuntimeException e) {
                LOG.warn("task not started task={}", launch.container().task(), e);
                listener.accept(new AgentInput.TaskNotStarted(launch.container(), String.valueOf(e.getMessage())));
            }
        });
    }

    private void start(AgentEffect.Launch launch) throws IOException {
        Folders.checkRoom(runs);
        var container = launch.container();
        var sandbox = sandboxes.create(container);
        var folder = folder(container);
        folder.create();
        var user = users.of(launch.task().getCommand());
        if (user.isPresent()) {
            Files.setOwner(sandbox, Users.principal(user.get()));
        }
        var process = supervisor.start(
                folder,
                sandbox,
                user,
                TaskCommand.of(launch.task().getCommand()),
                TaskEnvironment.of(launch, agentEndpoint, sandbox));
        long pid = taskPid(process, folder);
        listener.accept(new AgentInput.TaskStarted(container, pid));
        var _ = process.onExit()
                .thenAcceptAsync(ended -> ended(container, folder, ExitCodes.read(ended.exitValue())), workers);
    }

    /**
     * What the supervisor says once there is a process. Of one that has ended by then Java may lose it: then it is read from
     * the file that was written before.
     */
    private static long taskPid(Process process, RunFolder folder) throws IOException {
        var said = firstLine(process);
        if (!said.isEmpty()) {
            return Long.parseLong(said);
        }
        return folder.taskPid()
                .orElseThrow(() -> new IOException("the task's supervisor did not start it: " + folder.complaint()));
    }

    private static String firstLine(Process process) {
        try (var said = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
            var line = said.readLine();
            return line == null ? "" : line;
        } catch (IOException closed) {
            return "";
        }
    }

    @Override
    public void find(AgentEffect.Find find) {
        workers.execute(() -> {
            try {
                find(find.container(), folder(find.container()));
            } catch (IOException | RuntimeException e) {
                LOG.error(
                        "container cannot be looked for task={}",
                        find.container().task(),
                        e);
                var reason = "the agent was restarted and cannot read its state: " + e.getMessage();
                listener.accept(new AgentInput.TaskExited(find.container(), new ExitStatus.Unknown(reason)));
            }
        });
    }

    private void find(Container container, RunFolder folder) throws IOException {
        var running = folder.exists() ? processes(folder).supervisor() : Optional.<ProcessHandle>empty();
        if (running.isPresent()) {
            listener.accept(
                    new AgentInput.TaskStarted(container, folder.taskPid().orElse(0)));
            adopted.watch(running.get(), () -> workers.execute(() -> ended(container, folder, noStatus())));
        } else if (folder.exit().isPresent() || folder.taskPid().isPresent()) {
            ended(container, folder, noStatus());
        } else {
            listener.accept(new AgentInput.TaskNotFound(container));
        }
    }

    private static ExitStatus noStatus() {
        return new ExitStatus.Unknown("the task's supervisor was killed");
    }

    /** The supervisor is gone. What the task left behind goes too, before anybody counts on its resources. */
    private void ended(Container container, RunFolder folder, ExitStatus otherwise) {
        var status = otherwise;
        try {
            status = folder.exit().orElse(otherwise);
            if (!processes(folder).kill()) {
                LOG.error("processes of a task survive SIGKILL task={}", container.task());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("what a task left behind was not cleared away task={}", container.task(), e);
        }
        listener.accept(new AgentInput.TaskExited(container, status));
    }

    @Override
    public void kill(AgentEffect.Kill kill) {
        workers.execute(() -> {
            try {
                var task = processes(folder(kill.container()));
                if (!kill.force()) {
                    task.terminate();
                } else if (!task.kill()) {
                    LOG.warn(
                            "processes of a task survive SIGKILL task={}",
                            kill.container().task());
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("kill failed task={}", kill.container().task(), e);
            }
        });
    }

    @Override
    public void discard(AgentEffect.Discard discard) {
        workers.execute(() -> {
            try {
                folder(discard.container()).delete();
            } catch (IOException e) {
                LOG.warn(
                        "folder of a container not removed container={}",
                        discard.container().id(),
                        e);
            }
        });
    }

    /** The folders are listed at once: launches that come later make new ones. */
    @Override
    public void sweep(AgentEffect.Sweep sweep) {
        var known = Set.copyOf(sweep.containers());
        try (var folders = Files.list(runs)) {
            folders.filter(folder -> !known.contains(folder.getFileName().toString()))
                    .map(RunFolder::new)
                    .toList()
                    .forEach(folder -> workers.execute(() -> clear(folder)));
        } catch (IOException e) {
            LOG.warn("containers that the journal does not know cannot be looked for", e);
        }
    }

    private void clear(RunFolder folder) {
        try {
            LOG.warn("ending a container that the journal does not know folder={}", folder.path());
            var task = processes(folder);
            var supervisor = task.supervisor();
            if (task.kill()) {
                supervisor.ifPresent(process -> process.onExit().join());
                folder.delete();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("a container that the journal does not know was not cleared away folder={}", folder.path(), e);
        }
    }

    @Override
    public void close() {
        adopted.close();
        workers.shutdown();
    }

    RunFolder folder(Container container) {
        return SupervisorScript.folder(runs, container);
    }

    TaskProcesses processes(RunFolder folder) {
        return new TaskProcesses(processes, folder);
    }
}
