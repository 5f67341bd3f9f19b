package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.edge.problems.Problem;
import java.io.IOException;
import java.util.List;

/** The kernel's cgroups, the same for both versions. A path stands for that cgroup in every hierarchy. Any thread. */
public interface Cgroups {
    static Cgroups of(KernelFiles kernel, CgroupMounts mounts) {
        return mounts.isLegacy() ? new CgroupsV1(kernel, mounts) : new CgroupsV2(kernel, mounts);
    }

    /** Why limits cannot be enforced below that cgroup; empty if they can. */
    List<Problem> problems(CgroupPath parent);

    /** In every hierarchy; those above it too. One that exists is no error. */
    void create(CgroupPath cgroup) throws IOException;

    /**
     * The same, but only those below {@code existing} are made.
     *
     * @throws IOException if that one is gone: what would be made in its place nobody would hold to its limits
     */
    void createBelow(CgroupPath existing, CgroupPath cgroup) throws IOException;

    boolean exists(CgroupPath cgroup);

    /** Sets or changes limits. What is empty stays as it is. */
    void limit(CgroupPath cgroup, CgroupLimits limits) throws IOException;

    /** The files to which a process writes its pid (0 for its own) to be in the cgroup in every hierarchy. */
    List<String> processFiles(CgroupPath cgroup);

    /** The names of the cgroups below. */
    List<String> children(CgroupPath cgroup) throws IOException;

    /** Those in it and below it. */
    List<Long> processes(CgroupPath cgroup) throws IOException;

    /** Its share of the CPUs, in thousandths of a CPU. */
    long cpuMillis(CgroupPath cgroup) throws IOException;

    /** The limits in force. */
    CgroupLimits limits(CgroupPath cgroup) throws IOException;

    CgroupUsage usage(CgroupPath cgroup) throws IOException;

    MemoryEvents memoryEvents(CgroupPath cgroup) throws IOException;

    /**
     * Ends all processes in it and below it, those too that are being forked meanwhile.
     *
     * @return whether all are gone
     */
    boolean kill(CgroupPath cgroup) throws IOException;

    /** With all below it, in every hierarchy. What is still busy is tried again for a while. */
    void remove(CgroupPath cgroup) throws IOException;

    /** Moves a process into it, in every hierarchy. */
    void join(CgroupPath cgroup, long pid) throws IOException;
}
