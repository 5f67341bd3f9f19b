package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupLimits;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.OptionalLong;

/** A task's resources as its cgroup's limits. */
final class TaskLimits {
    private static final double MILLIS = 1_000;
    private static final long MEBIBYTE = 1L << 20;

    /** As in Mesos: with less not even a shell comes up. */
    private static final long LEAST_MEMORY_BYTES = 32 * MEBIBYTE;

    private TaskLimits() {}

    static CgroupLimits of(TaskInfo task, LinuxConfig config) {
        long cpuMillis = Math.max(1, Math.round(total(task, "cpus") * MILLIS));
        long memory = Math.max(LEAST_MEMORY_BYTES, Math.round(total(task, "mem") * MEBIBYTE));
        return new CgroupLimits(
                cpuMillis,
                config.cpuQuota() ? OptionalLong.of(cpuMillis) : OptionalLong.empty(),
                OptionalLong.of(memory),
                OptionalLong.of(config.pidsAtMost()));
    }

    private static double total(TaskInfo task, String name) {
        return task.getResourcesList().stream()
                .filter(resource -> resource.getName().equals(name))
                .map(Resource::getScalar)
                .mapToDouble(scalar -> scalar.getValue())
                .sum();
    }
}
