package dev.proffer.agent.edge.cgroups;

import java.util.OptionalLong;

/** How much CPU time a cgroup may have in each period. */
final class CpuQuota {
    /** The kernel takes no less. */
    private static final long LEAST_MICROS = 1_000;

    private CpuQuota() {}

    static long micros(long cpuMillis, long periodMicros) {
        return Math.max(LEAST_MICROS, cpuMillis * periodMicros / 1_000);
    }

    /** In thousandths of a CPU; empty if there is none. */
    static OptionalLong millis(String quotaMicros, long periodMicros) {
        return quotaMicros.equals("max") || quotaMicros.startsWith("-")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(quotaMicros) * 1_000 / periodMicros);
    }
}
