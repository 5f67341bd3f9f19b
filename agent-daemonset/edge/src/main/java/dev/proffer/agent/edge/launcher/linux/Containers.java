package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.cgroups.KernelFiles;
import dev.proffer.agent.edge.cgroups.TaskCgroups;
import dev.proffer.agent.edge.launcher.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is done to containers that exist, by the runtime and on their cgroups. It blocks for some milliseconds. */
final class Containers {
    /** Ten seconds: on a machine with much else to do a task takes its time to come up, and before that it is deaf. */
    private static final int TERM_ROUNDS = 1_000;

    private static final long TERM_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** What a process that was ended by the kernel is reported with. */
    private static final ExitStatus KILLED = new ExitStatus.Signalled(9);

    private final Processes processes = Processes.ofMachine();
    private final Path bundles;
    private final Path exits;
    private final OciRuntime runtime;
    private final KernelFiles kernel;
    private final Cgroups cgroups;
    private final TaskCgroups tasks;

    Containers(Path bundles, Path exits, OciRuntime runtime, KernelFiles kernel, Cgroups cgroups, TaskCgroups tasks) {
        this.bundles = bundles;
        this.exits = exits;
        this.runtime = runtime;
        this.kernel = kernel;
        this.cgroups = cgroups;
        this.tasks = tasks;
    }

    Bundle bundle(Container container) {
        return new Bundle(bundles.resolve(container.id()), exits);
    }

    /** Of all containers, ended ones too. */
    List<Bundle> all() throws IOException {
        try (var folders = Files.list(bundles)) {
            return folders.sorted().map(folder -> new Bundle(folder, exits)).toList();
        }
    }

    /** In which monitors live. */
    Set<Path> toolboxes() throws IOException {
        var used = new TreeSet<Path>();
        for (var bundle : all()) {
            bundle.toolbox().ifPresent(used::add);
        }
        return used;
    }

    boolean hasCgroup(Bundle bundle) throws IOException {
        return bundle.cgroup().filter(cgroups::exists).isPresent();
    }

    /**
     * Asks all processes to end, but not the first, which would only pass it on to one of them; unless there is none but it,
     * because the task has only just been started.
     */
    void terminate(Bundle bundle) throws IOException {
        var cgroup = bundle.cgroup();
        if (cgroup.isEmpty()) {
            return;
        }
        for (int round = 0; round < TERM_ROUNDS && cgroups.exists(cgroup.get()); round++) {
            var first = bundle.taskPid();
            var others = others(cgroup.get(), first);
            others.forEach(pid -> kernel.signal(pid, /* force= */ false));
            if (!others.isEmpty()) {
                return;
            }
            if (first.isPresent() && isInit(first.getAsLong())) {
                kernel.signal(first.getAsLong(), /* force= */ false);
            }
            LockSupport.parkNanos(TERM_PAUSE_NANOS);
        }
    }

    /** Before that it is the runtime, which a signal would make fail. */
    private boolean isInit(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> processes.hasArgument(process, TaskRoot.INIT))
                .isPresent();
    }

    private List<Long> others(CgroupPath cgroup, OptionalLong first) throws IOException {
        return cgroups.processes(cgroup).stream()
                .filter(pid -> first.isEmpty() || pid != first.getAsLong())
                .toList();
    }

    /** @return whether all processes are gone */
    boolean kill(Bundle bundle) throws IOException {
        var cgroup = bundle.cgroup();
        return cgroup.isEmpty() || cgroups.kill(cgroup.get());
    }

    /** How the container ended, once it has. */
    ExitStatus status(Bundle bundle, ExitStatus otherwise) throws IOException {
        var kept = bundle.outOfMemory();
        if (kept.isPresent()) {
            return kept.get();
        }
        var status = bundle.exit().orElse(otherwise);
        var cgroup = bundle.cgroup();
        if (!status.equals(KILLED) || cgroup.isEmpty() || !cgroups.exists(cgroup.get())) {
            return status;
        }
        // The count alone proves nothing: it may have been a child of the task, which went on; or the limit of all
        // tasks.
        var events = cgroups.memoryEvents(cgroup.get());
        var limit = cgroups.limits(cgroup.get()).memoryBytes();
        if (events.oomKills() == 0 || !events.atLimit() || limit.isEmpty()) {
            return status;
        }
        var outOfMemory =
                new ExitStatus.OutOfMemory(limit.getAsLong(), events.peakBytes().orElse(limit.getAsLong()));
        bundle.keep(outOfMemory);
        return outOfMemory;
    }

    /**
     * Ends what is left of a container and lets go of all that it holds but its sandbox and what tells how it ended.
     *
     * @return whether all processes are gone
     */
    boolean clear(Bundle bundle) throws IOException {
        boolean gone = kill(bundle);
        if (runtime.knows(bundle.container())) {
            runtime.delete(bundle.container());
        }
        var cgroup = bundle.cgroup();
        if (gone && cgroup.isPresent()) {
            tasks.remove(cgroup.get());
        }
        return gone;
    }
}
