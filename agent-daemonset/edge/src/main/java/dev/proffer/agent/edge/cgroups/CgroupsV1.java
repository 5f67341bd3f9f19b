package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.edge.problems.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Version 1: a hierarchy for each controller, and maybe one of version 2 beside them that has none. */
final class CgroupsV1 implements Cgroups {
    private static final List<String> NEEDED = List.of("cpu", "cpuacct", "memory", "pids", "freezer");
    private static final long SHARES_OF_A_CPU = 1024;
    private static final long SHARES_LEAST = 2;
    private static final long SHARES_MOST = 262_144;
    private static final long PERIOD_MICROS = 100_000;

    /** The kernel's "no limit" is some pages less than the largest number. */
    private static final long NO_MEMORY_LIMIT = 1L << 62;

    /** The kernel charges memory in lots, the last of which may not have fitted. */
    private static final long LARGEST_CHARGE = 1L << 20;

    private static final String FREEZER_STATE = "freezer.state";
    private static final String MEMORY_AND_SWAP = "memory.memsw.limit_in_bytes";
    private static final long FREEZE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int KILL_ROUNDS = 5;

    private final CgroupFiles files;
    private final CgroupMounts mounts;

    CgroupsV1(KernelFiles kernel, CgroupMounts mounts) {
        this.files = new CgroupFiles(kernel);
        this.mounts = mounts;
    }

    @Override
    public List<Problem> problems(CgroupPath parent) {
        var problems = new ArrayList<Problem>();
        NEEDED.stream()
                .filter(controller -> mounts.of(controller).isEmpty())
                .map(Problem.ControllerMissing::new)
                .forEach(problems::add);
        mounts.all().forEach(hierarchy -> problems.addAll(files.mountProblems(hierarchy, parent)));
        return problems;
    }

    @Override
    public void create(CgroupPath cgroup) throws IOException {
        if (cgroup.isRoot()) {
            return;
        }
        create(cgroup.parent());
        for (var hierarchy : mounts.all()) {
            files.make(hierarchy, cgroup);
        }
        var cpuset = mounts.of("cpuset");
        if (cpuset.isPresent()) {
            // A new one is empty, and no process can be in it.
            inherit(cpuset.get(), cgroup, "cpuset.cpus");
            inherit(cpuset.get(), cgroup, "cpuset.mems");
        }
    }

    /** The hierarchies without limits need not have the existing one. */
    @Override
    public void createBelow(CgroupPath existing, CgroupPath cgroup) throws IOException {
        if (cgroup.equals(existing)) {
            return;
        }
        createBelow(existing, cgroup.parent());
        files.make(hierarchy("memory"), cgroup);
        create(cgroup);
    }

    private void inherit(Hierarchy cpuset, CgroupPath cgroup, String file) throws IOException {
        if (files.read(cpuset, cgroup, file).isEmpty()) {
            files.write(cpuset, cgroup, file, files.read(cpuset, cgroup.parent(), file));
        }
    }

    @Override
    public boolean exists(CgroupPath cgroup) {
        return mounts.all().stream().anyMatch(hierarchy -> files.exists(hierarchy, cgroup));
    }

    @Override
    public void limit(CgroupPath cgroup, CgroupLimits limits) throws IOException {
        if (limits.cpuMillis() > 0) {
            long shares = limits.cpuMillis() * SHARES_OF_A_CPU / 1_000;
            write("cpu", cgroup, "cpu.shares", Math.clamp(shares, SHARES_LEAST, SHARES_MOST));
        }
        if (limits.cpuQuotaMillis().isPresent()) {
            write("cpu", cgroup, "cpu.cfs_period_us", PERIOD_MICROS);
            write(
                    "cpu",
                    cgroup,
                    "cpu.cfs_quota_us",
                    CpuQuota.micros(limits.cpuQuotaMillis().getAsLong(), PERIOD_MICROS));
        }
        if (limits.memoryBytes().isPresent()) {
            limitMemory(cgroup, limits.memoryBytes().getAsLong());
        }
        if (limits.pids().isPresent()) {
            write("pids", cgroup, "pids.max", limits.pids().getAsLong());
        }
    }

    /** That with swap may never be the lower one: which comes first depends on the direction. */
    private void limitMemory(CgroupPath cgroup, long bytes) throws IOException {
        var memory = hierarchy("memory");
        boolean raised = files.number(memory, cgroup, "memory.limit_in_bytes") < bytes;
        boolean swap = files.has(memory, cgroup, MEMORY_AND_SWAP);
        if (swap && raised) {
            write("memory", cgroup, MEMORY_AND_SWAP, bytes);
        }
        write("memory", cgroup, "memory.limit_in_bytes", bytes);
        if (swap && !raised) {
            write("memory", cgroup, MEMORY_AND_SWAP, bytes);
        }
    }

    @Override
    public List<String> processFiles(CgroupPath cgroup) {
        return mounts.all().stream()
                .map(hierarchy -> files.file(hierarchy, cgroup, CgroupFiles.PROCESSES))
                .toList();
    }

    @Override
    public List<String> children(CgroupPath cgroup) throws IOException {
        return files.children(hierarchy("memory"), cgroup);
    }

    @Override
    public List<Long> processes(CgroupPath cgroup) throws IOException {
        return List.copyOf(files.processes(hierarchy("freezer"), cgroup));
    }

    @Override
    public long cpuMillis(CgroupPath cgroup) throws IOException {
        return files.number(hierarchy("cpu"), cgroup, "cpu.shares") * 1_000 / SHARES_OF_A_CPU;
    }

    @Override
    public CgroupLimits limits(CgroupPath cgroup) throws IOException {
        var cpu = hierarchy("cpu");
        long memory = files.number(hierarchy("memory"), cgroup, "memory.limit_in_bytes");
        var pids = files.read(hierarchy("pids"), cgroup, "pids.max");
        return new CgroupLimits(
                cpuMillis(cgroup),
                CpuQuota.millis(
                        files.read(cpu, cgroup, "cpu.cfs_quota_us"), files.number(cpu, cgroup, "cpu.cfs_period_us")),
                memory >= NO_MEMORY_LIMIT ? OptionalLong.empty() : OptionalLong.of(memory),
                pids.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pids)));
    }

    @Override
    public CgroupUsage usage(CgroupPath cgroup) throws IOException {
        var cpu = files.figures(hierarchy("cpu"), cgroup, "cpu.stat");
        var memory = hierarchy("memory");
        return new CgroupUsage(
                files.number(hierarchy("cpuacct"), cgroup, "cpuacct.usage"),
                cpu.getOrDefault("nr_periods", 0L),
                cpu.getOrDefault("nr_throttled", 0L),
                cpu.getOrDefault("throttled_time", 0L),
                files.number(memory, cgroup, "memory.usage_in_bytes"),
                files.numberIfAny(memory, cgroup, "memory.max_usage_in_bytes"),
                files.figures(memory, cgroup, "memory.stat").getOrDefault("total_rss", 0L),
                files.number(hierarchy("pids"), cgroup, "pids.current"));
    }

    @Override
    public MemoryEvents memoryEvents(CgroupPath cgroup) throws IOException {
        var memory = hierarchy("memory");
        long peak = files.number(memory, cgroup, "memory.max_usage_in_bytes");
        return new MemoryEvents(
                peak + LARGEST_CHARGE > files.number(memory, cgroup, "memory.limit_in_bytes"),
                files.figures(memory, cgroup, "memory.oom_control").getOrDefault("oom_kill", 0L),
                OptionalLong.of(peak));
    }

    /** A frozen process cannot fork, so that none escapes; signals act when it is thawed. */
    @Override
    public boolean kill(CgroupPath cgroup) throws IOException {
        var freezer = hierarchy("freezer");
        for (int round = 0; round < KILL_ROUNDS; round++) {
            if (!files.exists(freezer, cgroup) || processes(cgroup).isEmpty()) {
                return true;
            }
            files.write(freezer, cgroup, FREEZER_STATE, "FROZEN");
            try {
                CgroupFiles.await(() -> isFrozen(freezer, cgroup), FREEZE_NANOS);
                files.kill(processes(cgroup));
            } finally {
                files.write(freezer, cgroup, FREEZER_STATE, "THAWED");
            }
            if (CgroupFiles.await(() -> isEmpty(cgroup), EMPTY_NANOS / KILL_ROUNDS)) {
                return true;
            }
        }
        return isEmpty(cgroup);
    }

    private boolean isFrozen(Hierarchy freezer, CgroupPath cgroup) {
        try {
            return files.read(freezer, cgroup, FREEZER_STATE).equals("FROZEN");
        } catch (IOException gone) {
            return true;
        }
    }

    private boolean isEmpty(CgroupPath cgroup) {
        try {
            return processes(cgroup).isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public void remove(CgroupPath cgroup) throws IOException {
        for (var hierarchy : mounts.all()) {
            files.remove(hierarchy, cgroup);
        }
    }

    @Override
    public void join(CgroupPath cgroup, long pid) throws IOException {
        for (var hierarchy : mounts.all()) {
            files.write(hierarchy, cgroup, CgroupFiles.PROCESSES, Long.toString(pid));
        }
    }

    private void write(String controller, CgroupPath cgroup, String file, long value) throws IOException {
        files.write(hierarchy(controller), cgroup, file, Long.toString(value));
    }

    private Hierarchy hierarchy(String controller) throws IOException {
        return mounts.of(controller)
                .orElseThrow(() -> new IOException("the cgroup controller '" + controller + "' is not mounted"));
    }
}
