package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.edge.problems.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Version 2: one hierarchy, in which a cgroup has either processes or children with controllers. */
final class CgroupsV2 implements Cgroups {
    private static final List<String> NEEDED = List.of("cpu", "memory", "pids");
    private static final List<String> WANTED = List.of("cpu", "memory", "pids", "io", "cpuset");
    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final String FREEZE = "cgroup.freeze";

    /** So the kernel's default weight of 100 is that of one CPU. */
    private static final long MILLIS_OF_A_WEIGHT = 10;

    private static final long WEIGHT_MOST = 10_000;
    private static final long PERIOD_MICROS = 100_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long FREEZE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long EMPTY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CgroupFiles files;
    private final CgroupMounts mounts;

    CgroupsV2(KernelFiles kernel, CgroupMounts mounts) {
        this.files = new CgroupFiles(kernel);
        this.mounts = mounts;
    }

    @Override
    public List<Problem> problems(CgroupPath parent) {
        var unified = mounts.unified();
        if (unified.isEmpty()) {
            return List.of(new Problem.CgroupsNotMounted());
        }
        var problems = new ArrayList<>(files.mountProblems(unified.get(), parent));
        var existing = parent;
        while (!existing.isRoot() && !files.exists(unified.get(), existing)) {
            existing = existing.parent();
        }
        try {
            problems.addAll(delegationProblems(existing));
        } catch (IOException e) {
            problems.add(new Problem.SetUpFailed(
                    "the controllers of the cgroup " + parent + " cannot be read: " + e.getMessage()));
        }
        return problems;
    }

    private List<Problem> delegationProblems(CgroupPath cgroup) throws IOException {
        var problems = new ArrayList<Problem>();
        var available = words(unified(), cgroup, CONTROLLERS);
        NEEDED.stream()
                .filter(controller -> !available.contains(controller))
                .map(controller -> new Problem.ControllerNotEnabled(controller, cgroup.value()))
                .forEach(problems::add);
        // The topmost has no type, and may have both.
        boolean topmost = !files.has(unified(), cgroup, "cgroup.type");
        if (!topmost
                && !words(unified(), cgroup, SUBTREE).containsAll(NEEDED)
                && !files.read(unified(), cgroup, CgroupFiles.PROCESSES).isEmpty()) {
            problems.add(new Problem.CgroupOccupied(cgroup.value()));
        }
        return problems;
    }

    @Override
    public void create(CgroupPath cgroup) throws IOException {
        if (cgroup.isRoot() || exists(cgroup)) {
            return;
        }
        create(cgroup.parent());
        delegate(cgroup.parent());
        files.make(unified(), cgroup);
    }

    @Override
    public void createBelow(CgroupPath existing, CgroupPath cgroup) throws IOException {
        if (cgroup.equals(existing) || exists(cgroup)) {
            return;
        }
        createBelow(existing, cgroup.parent());
        delegate(cgroup.parent());
        files.make(unified(), cgroup);
    }

    /** Lets the controllers act on those below. */
    private void delegate(CgroupPath cgroup) throws IOException {
        var available = words(unified(), cgroup, CONTROLLERS);
        var enabled = words(unified(), cgroup, SUBTREE);
        var missing = WANTED.stream()
                .filter(controller -> available.contains(controller) && !enabled.contains(controller))
                .map(controller -> "+" + controller)
                .collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            files.write(unified(), cgroup, SUBTREE, missing);
        }
    }

    @Override
    public boolean exists(CgroupPath cgroup) {
        return mounts.unified()
                .filter(hierarchy -> files.exists(hierarchy, cgroup))
                .isPresent();
    }

    @Override
    public void limit(CgroupPath cgroup, CgroupLimits limits) throws IOException {
        if (limits.cpuMillis() > 0) {
            long weight = Math.clamp(limits.cpuMillis() / MILLIS_OF_A_WEIGHT, 1, WEIGHT_MOST);
            write(cgroup, "cpu.weight", Long.toString(weight));
        }
        if (limits.cpuQuotaMillis().isPresent()) {
            long quota = CpuQuota.micros(limits.cpuQuotaMillis().getAsLong(), PERIOD_MICROS);
            write(cgroup, "cpu.max", quota + " " + PERIOD_MICROS);
        }
        if (limits.memoryBytes().isPresent()) {
            write(cgroup, "memory.max", Long.toString(limits.memoryBytes().getAsLong()));
            writeIfAny(cgroup, "memory.swap.max", "0");
            // A task that lost one of its processes is as good as ended: the kernel ends them all.
            writeIfAny(cgroup, "memory.oom.group", "1");
        }
        if (limits.pids().isPresent()) {
            write(cgroup, "pids.max", Long.toString(limits.pids().getAsLong()));
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
        return files.children(unified(), cgroup);
    }

    @Override
    public List<Long> processes(CgroupPath cgroup) throws IOException {
        return List.copyOf(files.processes(unified(), cgroup));
    }

    @Override
    public long cpuMillis(CgroupPath cgroup) throws IOException {
        return files.number(unified(), cgroup, "cpu.weight") * MILLIS_OF_A_WEIGHT;
    }

    @Override
    public CgroupLimits limits(CgroupPath cgroup) throws IOException {
        var cpu = files.read(unified(), cgroup, "cpu.max").split(" ");
        return new CgroupLimits(
                cpuMillis(cgroup),
                CpuQuota.millis(cpu[0], Long.parseLong(cpu[1])),
                limit(cgroup, "memory.max"),
                limit(cgroup, "pids.max"));
    }

    private OptionalLong limit(CgroupPath cgroup, String file) throws IOException {
        var value = files.read(unified(), cgroup, file);
        return value.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    @Override
    public CgroupUsage usage(CgroupPath cgroup) throws IOException {
        var cpu = files.figures(unified(), cgroup, "cpu.stat");
        return new CgroupUsage(
                cpu.getOrDefault("usage_usec", 0L) * NANOS_PER_MICRO,
                cpu.getOrDefault("nr_periods", 0L),
                cpu.getOrDefault("nr_throttled", 0L),
                cpu.getOrDefault("throttled_usec", 0L) * NANOS_PER_MICRO,
                files.number(unified(), cgroup, "memory.current"),
                files.numberIfAny(unified(), cgroup, "memory.peak"),
                files.figures(unified(), cgroup, "memory.stat").getOrDefault("anon", 0L),
                files.number(unified(), cgroup, "pids.current"));
    }

    @Override
    public MemoryEvents memoryEvents(CgroupPath cgroup) throws IOException {
        var events = files.figures(unified(), cgroup, "memory.events");
        return new MemoryEvents(
                events.getOrDefault("oom", 0L) > 0,
                events.getOrDefault("oom_kill", 0L),
                files.numberIfAny(unified(), cgroup, "memory.peak"));
    }

    @Override
    public boolean kill(CgroupPath cgroup) throws IOException {
        if (!exists(cgroup) || !isPopulated(cgroup)) {
            return true;
        }
        if (files.has(unified(), cgroup, "cgroup.kill")) {
            write(cgroup, "cgroup.kill", "1");
        } else {
            killFrozen(cgroup);
        }
        return CgroupFiles.await(() -> !isPopulated(cgroup), EMPTY_NANOS);
    }

    /** Kernels before 5.14: a frozen process cannot fork, so that none escapes. */
    private void killFrozen(CgroupPath cgroup) throws IOException {
        write(cgroup, FREEZE, "1");
        try {
            CgroupFiles.await(() -> event(cgroup, "frozen", 1), FREEZE_NANOS);
            files.kill(processes(cgroup));
        } finally {
            write(cgroup, FREEZE, "0");
        }
    }

    private boolean isPopulated(CgroupPath cgroup) {
        return exists(cgroup) && event(cgroup, "populated", 1);
    }

    private boolean event(CgroupPath cgroup, String name, long value) {
        try {
            return files.figures(unified(), cgroup, "cgroup.events").getOrDefault(name, 0L) == value;
        } catch (IOException gone) {
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

    private void write(CgroupPath cgroup, String file, String value) throws IOException {
        files.write(unified(), cgroup, file, value);
    }

    private void writeIfAny(CgroupPath cgroup, String file, String value) throws IOException {
        if (files.has(unified(), cgroup, file)) {
            write(cgroup, file, value);
        }
    }

    private List<String> words(Hierarchy hierarchy, CgroupPath cgroup, String file) throws IOException {
        return Arrays.asList(files.read(hierarchy, cgroup, file).split("\\s+"));
    }

    private Hierarchy unified() throws IOException {
        return mounts.unified().orElseThrow(() -> new IOException("no cgroups are mounted"));
    }
}
