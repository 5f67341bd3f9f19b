package dev.proffer.agent.edge.cgroups;

import java.util.OptionalLong;

/**
 * What became of a cgroup at its memory limit.
 *
 * @param oomKills processes that the kernel ended
 * @param peakBytes the most that was used; empty where the kernel does not say
 */
public record MemoryEvents(long oomKills, OptionalLong peakBytes) {}
