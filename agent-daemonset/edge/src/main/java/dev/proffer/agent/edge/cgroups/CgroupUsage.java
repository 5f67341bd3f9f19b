package dev.proffer.agent.edge.cgroups;

import java.util.OptionalLong;

/**
 * What a cgroup uses, those below it included.
 *
 * @param cpuNanos CPU time since it was made
 * @param periods of the hard quota that have passed
 * @param throttledPeriods of those, in which it was held back
 * @param throttledNanos how long it was held back in all
 * @param memoryBytes with the page cache that is charged to it
 * @param memoryPeakBytes the most that ever was; empty where the kernel does not say
 * @param rssBytes anonymous memory
 * @param processes and threads
 */
public record CgroupUsage(
        long cpuNanos,
        long periods,
        long throttledPeriods,
        long throttledNanos,
        long memoryBytes,
        OptionalLong memoryPeakBytes,
        long rssBytes,
        long processes) {}
