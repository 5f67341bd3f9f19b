package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import java.nio.file.Path;
import java.util.Optional;

/**
 * With what, and how strictly, tasks are run in containers.
 *
 * @param runtime the OCI runtime: runc, or what takes its arguments
 * @param monitor conmon
 * @param init a static program that is process 1 of each task: it passes signals on and waits for orphans (tini, catatonit)
 * @param toolbox a root file system that has runtime, monitor and init at those paths; monitors live in a copy of it in the
 *     state folder, so that nothing of the agent's own container is held when that goes. Empty where the agent is in none.
 * @param taskRoot the root file system of tasks without an image, read-only; {@code /} for the machine's own; empty for the
 *     toolbox, or where there is none the machine's
 * @param parent the cgroup below which tasks are; empty for that of the holder, or else the topmost
 * @param inHolder whether a pod holds a share of a Kubernetes node for this agent: tasks run in its cgroup
 * @param cpuQuota whether a task never gets more CPU time than its {@code cpus}, though CPUs idle
 * @param pidsAtMost processes and threads of a task
 * @param user whom a task runs as whose command names nobody; empty for its framework's user
 */
public record LinuxConfig(
        Path runtime,
        Path monitor,
        Path init,
        Optional<Path> toolbox,
        Optional<Path> taskRoot,
        Optional<CgroupPath> parent,
        boolean inHolder,
        boolean cpuQuota,
        long pidsAtMost,
        Optional<String> user) {
    public LinuxConfig {
        if (pidsAtMost < 1) {
            throw new IllegalArgumentException(
                    "the number of processes that a task may have must be positive, but is " + pidsAtMost);
        }
    }
}
