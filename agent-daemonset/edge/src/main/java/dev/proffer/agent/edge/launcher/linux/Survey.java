package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupMounts;
import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.Cgroups;
import dev.proffer.agent.edge.cgroups.HolderPod;
import dev.proffer.agent.edge.cgroups.KernelFiles;
import dev.proffer.agent.edge.cgroups.TaskCgroups;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.agent.edge.problems.ProblemException;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, again and again, whether tasks can be run in containers and held to their limits, and prepares what is needed for
 * that. Confined to one thread.
 */
final class Survey {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    private final LinuxConfig config;
    private final Path stateFolder;
    private final Path folder;
    private final KernelFiles kernel;
    private final Cgroups cgroups;
    private final TaskCgroups tasks;
    private @Nullable Workplace workplace;

    /**
     * @param stateFolder the agent's
     * @param folder the launcher's
     */
    Survey(LinuxConfig config, Path stateFolder, Path folder, KernelFiles kernel, Cgroups cgroups, TaskCgroups tasks) {
        this.config = config;
        this.stateFolder = stateFolder;
        this.folder = folder;
        this.kernel = kernel;
        this.cgroups = cgroups;
        this.tasks = tasks;
    }

    /** @param workplace empty if the problems leave none */
    record Outcome(List<Problem> problems, Optional<Workplace> workplace) {
        Outcome {
            problems = List.copyOf(problems);
        }
    }

    Outcome take(Resources configured) {
        var problems = new ArrayList<>(Requirements.problems(config));
        try {
            var wanted = parent(configured, problems);
            problems.addAll(cgroupProblems(wanted));
            boolean hindered = problems.stream().anyMatch(problem -> !(problem instanceof Problem.HolderTooSmall));
            if (!hindered) {
                prepare(wanted);
                return new Outcome(problems, Optional.ofNullable(workplace));
            }
        } catch (ProblemException e) {
            problems.add(e.problem());
        } catch (IOException e) {
            problems.add(new Problem.SetUpFailed(String.valueOf(e.getMessage())));
        }
        return new Outcome(problems, Optional.empty());
    }

    private CgroupPath parent(Resources configured, List<Problem> problems) throws IOException {
        if (config.parent().isPresent()) {
            return config.parent().get();
        }
        if (!config.inHolder()) {
            return CgroupPath.ROOT;
        }
        var holder = HolderPod.find(stateFolder.resolve("holders"), kernel, cgroups);
        holder.problemWith(configured).ifPresent(problems::add);
        return holder.cgroup();
    }

    /** Whether cgroups can be made is tried only until they are. */
    private List<Problem> cgroupProblems(CgroupPath wanted) throws IOException {
        var mounts = CgroupMounts.read(kernel);
        if (!isWorkplace(wanted) || !tasks.isPrepared(wanted)) {
            return Cgroups.of(kernel, mounts).problems(wanted);
        }
        return mounts.all().stream()
                .filter(hierarchy -> !hierarchy.writable())
                .<Problem>map(hierarchy -> new Problem.CgroupsReadOnly(hierarchy.mountPoint()))
                .toList();
    }

    private boolean isWorkplace(CgroupPath wanted) {
        return workplace != null && workplace.parent().equals(wanted);
    }

    /** A holder's cgroup is the kubelet's to make. */
    private void prepare(CgroupPath wanted) throws IOException {
        if (config.parent().isPresent()) {
            cgroups.create(wanted);
        }
        tasks.prepare(wanted);
        if (isWorkplace(wanted)) {
            return;
        }
        var toolbox = config.toolbox().isPresent()
                ? Optional.of(Toolbox.install(config.toolbox().get(), folder.resolve("toolboxes")))
                : Optional.<Path>empty();
        var taskRoot = config.taskRoot().or(() -> toolbox).orElse(Path.of("/"));
        var root = TaskRoot.of(taskRoot, folder.resolve("root"));
        var supervisors = cgroups.processFiles(tasks.supervisors(wanted));
        workplace = new Workplace(wanted, supervisors, toolbox, root, new Accounts(taskRoot, config.user()));
        LOG.info("tasks run below the cgroup {}", wanted);
    }
}
