package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupMounts;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.cgroups.KernelFiles;
import dev.proffer.agent.edge.cgroups.LinuxFiles;
import dev.proffer.agent.edge.cgroups.TaskCgroups;
import dev.proffer.agent.edge.launcher.Folders;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.launcher.SandboxSource;
import dev.proffer.agent.edge.launcher.TaskCommand;
import dev.proffer.agent.edge.launcher.TaskEnvironment;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in containers: held to their limits by cgroups, with processes, mounts and IPC of their own, the machine's
 * network, and no privileges. Tasks and their monitors outlive the agent. Any thread.
 */
public final class LinuxLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxLauncher.class);

    /** Longer than the runtime needs to create a container. */
    private static final int CREATE_ROUNDS = 100;

    private static final long CREATE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LinuxConfig config;
    private final Path stateFolder;
    private final Path toolboxes;
    private final Path bundles;
    private final SandboxSource sandboxes;
    private final String agentEndpoint;
    private final Consumer<AgentInput> listener;
    private final TaskCgroups tasks;
    private final Survey survey;
    private final OciRuntime runtime;
    private final Monitor monitor;
    private final Containers containers;
    private final ExitWatch exits;
    private volatile Survey.Outcome latest = new Survey.Outcome(List.of(), Optional.empty());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private LinuxLauncher(LinuxConfig config, LauncherSource.Surroundings agent, KernelFiles kernel, Cgroups cgroups)
            throws IOException {
        this.config = config;
        this.stateFolder = agent.stateFolder().toAbsolutePath();
        this.sandboxes = agent.sandboxes();
        this.agentEndpoint = agent.agentEndpoint();
        this.listener = agent.listener();
        var folder = agent.folder().toAbsolutePath();
        this.bundles = Files.createDirectories(folder.resolve("bundles"));
        this.toolboxes = folder.resolve("toolboxes");
        this.tasks = new TaskCgroups(cgroups);
        this.survey = new Survey(config, stateFolder, folder, kernel, cgroups, tasks);
        this.runtime = new OciRuntime(config.runtime(), folder.resolve("runtime"));
        this.monitor = new Monitor(config, runtime, stateFolder, folder);
        var statuses = Files.createDirectories(folder.resolve("exits"));
        this.containers = new Containers(bundles, statuses, runtime, kernel, cgroups, tasks);
        this.exits = new ExitWatch(statuses);
    }

    /** Opens launchers that run tasks once they were examined, and take care of those that run already in any case. */
    public static LauncherSource source(LinuxConfig config) {
        return agent -> {
            var kernel = LinuxFiles.ofMachine();
            OomScore.spareAgent(kernel);
            return new LinuxLauncher(config, agent, kernel, Cgroups.of(kernel, CgroupMounts.read(kernel)));
        };
    }

    @Override
    public List<Problem> examine(Resources configured) {
        var before = latest.workplace();
        latest = survey.take(configured);
        var toolbox = latest.workplace().flatMap(Workplace::toolbox);
        if (before.isEmpty() && toolbox.isPresent()) {
            prune(toolbox.get());
        }
        return latest.problems();
    }

    private void prune(Path current) {
        try {
            var used = containers.toolboxes();
            used.add(current);
            Toolbox.prune(toolboxes, used);
        } catch (IOException e) {
            LOG.warn("toolboxes that nobody uses were not removed", e);
        }
    }

    @Override
    public void launch(AgentEffect.Launch launch) {
        workers.execute(() -> {
            var container = launch.container();
            try {
                start(launch, containers.bundle(container));
            } catch (IOException | RuntimeException e) {
                LOG.warn("task not started task={}", container.task(), e);
                giveUp(containers.bundle(container));
                listener.accept(new AgentInput.TaskNotStarted(container, String.valueOf(e.getMessage())));
            }
        });
    }

    private void start(AgentEffect.Launch launch, Bundle bundle) throws IOException {
        Folders.checkRoom(bundles);
        var workplace = workplace();
        var container = launch.container();
        var account = workplace.accounts().of(launch.task().getCommand(), launch.framework());
        var sandbox = sandboxes.create(container);
        prepare(launch, workplace, bundle, account, sandbox);
        tasks.create(workplace.parent(), container, TaskLimits.of(launch.task(), config));
        long pid = monitor.create(workplace, bundle, sandbox, account);
        bundle.starting();
        runtime.start(container.id());
        listener.accept(new AgentInput.TaskStarted(container, pid));
        watch(container, bundle);
    }

    private Workplace workplace() throws IOException {
        var outcome = latest;
        return outcome.workplace()
                .orElseThrow(() -> new IOException("this agent cannot run tasks in containers: "
                        + outcome.problems().stream().map(Problem::message).collect(Collectors.joining("; "))));
    }

    /** The monitor may still be at work. */
    private void giveUp(Bundle bundle) {
        try {
            monitor.of(bundle).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            LOG.warn("the monitor of a container that was not started cannot be found id={}", bundle.container(), e);
        }
        clearQuietly(bundle);
    }

    private void prepare(AgentEffect.Launch launch, Workplace workplace, Bundle bundle, Account account, Path sandbox)
            throws IOException {
        var cgroup = tasks.of(workplace.parent(), launch.container());
        var spec = new RuntimeSpec(
                config,
                workplace.root(),
                bundle,
                stateFolder,
                sandbox,
                cgroup,
                account,
                TaskCommand.of(launch.task().getCommand()),
                TaskEnvironment.of(launch, agentEndpoint, Path.of(TaskRoot.SANDBOX)));
        bundle.create(cgroup, workplace.toolbox(), spec.json());
        Files.setAttribute(bundle.temporary(), "unix:mode", 01777);
        for (var name : RuntimeSpec.nameService()) {
            var file = Path.of("/etc", name);
            if (Files.exists(file)) {
                Files.copy(file, bundle.file(name), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.writeString(bundle.file(name), "");
            }
        }
    }

    private void watch(Container container, Bundle bundle) throws IOException {
        var running = monitor.of(bundle);
        if (running.isPresent()) {
            exits.watch(container.id(), running.get(), () -> workers.execute(() -> ended(container, bundle)));
        } else {
            ended(container, bundle);
        }
    }

    /** The monitor has written the exit status, or is gone. What the task left behind goes too. */
    private void ended(Container container, Bundle bundle) {
        ExitStatus status = new ExitStatus.Unknown("the task's supervisor was killed");
        try {
            if (!containers.hasCgroup(bundle)) {
                status = new ExitStatus.Unknown("the pod that held this share of the machine is gone");
            }
            status = containers.status(bundle, status);
            if (!containers.clear(bundle)) {
                LOG.error("processes of a task survive SIGKILL task={}", container.task());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("what a task left behind was not cleared away task={}", container.task(), e);
        }
        listener.accept(new AgentInput.TaskExited(container, status));
    }

    @Override
    public void find(AgentEffect.Find find) {
        workers.execute(() -> {
            try {
                find(find.container(), containers.bundle(find.container()));
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

    private void find(Container container, Bundle bundle) throws IOException {
        var state = stateOnceMade(bundle);
        if (bundle.exit().isPresent()) {
            ended(container, bundle);
        } else if (state != OciRuntime.State.NONE && monitor.of(bundle).isPresent()) {
            adopt(container, bundle, state);
        } else if (bundle.wasStarted()) {
            ended(container, bundle);
        } else {
            giveUp(bundle);
            listener.accept(new AgentInput.TaskNotFound(container));
        }
    }

    /** The agent may have ended while the container was being made: its monitor goes on. */
    private OciRuntime.State stateOnceMade(Bundle bundle) throws IOException {
        var state = OciRuntime.State.NONE;
        for (int round = 0; round < CREATE_ROUNDS; round++) {
            boolean watched = monitor.of(bundle).isPresent();
            state = watched ? state(bundle) : OciRuntime.State.NONE;
            if (!watched || state != OciRuntime.State.NONE) {
                break;
            }
            LockSupport.parkNanos(CREATE_PAUSE_NANOS);
        }
        return state;
    }

    /** Without its runtime an agent still looks after what was started before. */
    private OciRuntime.State state(Bundle bundle) throws IOException {
        try {
            return runtime.state(bundle.container());
        } catch (IOException unusable) {
            if (bundle.wasStarted()) {
                LOG.warn("the runtime cannot be asked for a container id={}", bundle.container(), unusable);
                return OciRuntime.State.RUNNING;
            }
            throw unusable;
        }
    }

    private void adopt(Container container, Bundle bundle, OciRuntime.State state) throws IOException {
        if (state == OciRuntime.State.CREATED) {
            bundle.starting();
            runtime.start(container.id());
        }
        listener.accept(new AgentInput.TaskStarted(container, bundle.taskPid().orElse(0)));
        watch(container, bundle);
    }

    @Override
    public void sweep(AgentEffect.Sweep sweep) {
        var known = Set.copyOf(sweep.containers());
        try {
            containers.all().stream()
                    .filter(bundle -> !known.contains(bundle.container()))
                    .forEach(bundle -> workers.execute(() -> {
                        LOG.warn("ending a container that the journal does not know id={}", bundle.container());
                        clearQuietly(bundle);
                    }));
        } catch (IOException e) {
            LOG.warn("containers that the journal does not know cannot be looked for", e);
        }
    }

    @Override
    public void kill(AgentEffect.Kill kill) {
        workers.execute(() -> {
            var bundle = containers.bundle(kill.container());
            try {
                if (!kill.force()) {
                    containers.terminate(bundle);
                } else if (!containers.kill(bundle)) {
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
        workers.execute(() -> clearQuietly(containers.bundle(discard.container())));
    }

    /** Nothing of the container is left but its sandbox, unless it clings to life. */
    private void clearQuietly(Bundle bundle) {
        try {
            if (!bundle.exists() || containers.clear(bundle)) {
                bundle.delete();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("a container was not cleared away id={}", bundle.container(), e);
        }
    }

    @Override
    public void close() {
        try {
            exits.close();
        } catch (IOException e) {
            LOG.warn("the watch for exits was not closed in order", e);
        }
        workers.shutdown();
    }
}
