package dev.proffer.agent.edge.cgroups;

import java.util.OptionalLong;

/**
 * What a cgroup may use.
 *
 * @param cpuMillis its share of what is contended, in thousandths of a CPU
 * @param cpuQuotaMillis what it never gets more of, though CPUs idle; in thousandths of a CPU
 * @param memoryBytes with what is swapped out
 * @param pids processes and threads
 */
public record CgroupLimits(long cpuMillis, OptionalLong cpuQuotaMillis, OptionalLong memoryBytes, OptionalLong pids) {

    public static final CgroupLimits NONE =
            new CgroupLimits(0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
