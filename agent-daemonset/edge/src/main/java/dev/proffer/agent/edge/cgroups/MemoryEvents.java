package dev.proffer.agent.edge.cgroups;

import java.util.OptionalLong;

/**
 * What became of a cgroup for want of memory.
 *
 * @param atLimit whether it could not have more because of its own limit, rather than of one above it
 * @param oomKills how often the kernel ended a process; version 2 counts the first of a group twice
 * @param peakBytes the most that was used; empty where the kernel does not say
 */
public record MemoryEvents(boolean atLimit, long oomKills, OptionalLong peakBytes) {}
