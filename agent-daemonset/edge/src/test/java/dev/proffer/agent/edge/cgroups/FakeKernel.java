package dev.proffer.agent.edge.cgroups;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cgroups in a folder: new ones have the kernel's files, busy ones stay, and signals end processes. */
final class FakeKernel implements KernelFiles {
    private static final Map<String, Map<String, String>> V1 = Map.of(
            "cpu",
            Map.of(
                    "cpu.shares", "1024",
                    "cpu.cfs_period_us", "100000",
                    "cpu.cfs_quota_us", "-1",
                    "cpu.stat", "nr_periods 10\nnr_throttled 3\nthrottled_time 5000\n"),
            "cpuacct",
            Map.of("cpuacct.usage", "123456789"),
            "memory",
            Map.of(
                    "memory.limit_in_bytes", "9223372036854771712",
                    "memory.memsw.limit_in_bytes", "9223372036854771712",
                    "memory.usage_in_bytes", "1000",
                    "memory.max_usage_in_bytes", "2000",
                    "memory.stat", "cache 5\ntotal_rss 700\n",
                    "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n"),
            "pids",
            Map.of("pids.max", "max", "pids.current", "4"),
            "freezer",
            Map.of("freezer.state", "THAWED"),
            "cpuset",
            Map.of("cpuset.cpus", "", "cpuset.mems", ""));

    private static final Map<String, String> V2 = Map.ofEntries(
            Map.entry("cgroup.subtree_control", ""),
            Map.entry("cgroup.events", "populated 0\nfrozen 0\n"),
            Map.entry("cgroup.kill", ""),
            Map.entry("cpu.weight", "100"),
            Map.entry("cpu.max", "max 100000"),
            Map.entry("cpu.stat", "usage_usec 12\nnr_periods 10\nnr_throttled 3\nthrottled_usec 5\n"),
            Map.entry("memory.max", "max"),
            Map.entry("memory.swap.max", "max"),
            Map.entry("memory.oom.group", "0"),
            Map.entry("memory.current", "1000"),
            Map.entry("memory.peak", "2000"),
            Map.entry("memory.stat", "anon 700\nfile 5\n"),
            Map.entry("memory.events", "low 0\noom 1\noom_kill 2\n"),
            Map.entry("pids.max", "max"),
            Map.entry("pids.current", "4"));

    /** What was written, in order, as {@code file=text}. */
    final List<String> writes = new ArrayList<>();

    final List<Long> killed = new ArrayList<>();
    private final Path root;
    private final LinuxFiles files;
    private final TreeMap<String, List<String>> hierarchies = new TreeMap<>();
    private boolean readOnly;
    private int busy;

    FakeKernel(Path root) throws IOException {
        this.root = root;
        this.files = new LinuxFiles(root);
        Files.createDirectories(root.resolve("proc/self"));
        Files.createFile(root.resolve("proc/self/mountinfo"));
    }

    /** The hierarchies that a machine of version 1 usually has. */
    FakeKernel legacy() throws IOException {
        for (var controller : List.of("cpu,cpuacct", "memory", "pids", "freezer", "cpuset", "name=systemd")) {
            legacy(controller);
        }
        mount("/sys/fs/cgroup/unified", "cgroup2", "rw", List.of("empty"));
        return this;
    }

    FakeKernel legacy(String controllers) throws IOException {
        mount(
                "/sys/fs/cgroup/" + controllers.replace("name=", ""),
                "cgroup",
                "rw," + controllers,
                List.of(controllers.split(",")));
        return this;
    }

    FakeKernel unified(String controllers) throws IOException {
        mount("/sys/fs/cgroup", "cgroup2", "rw", List.of("unified"));
        Files.writeString(root.resolve("sys/fs/cgroup/cgroup.controllers"), controllers + "\n");
        return this;
    }

    private void mount(String point, String type, String options, List<String> controllers) throws IOException {
        var folder = Files.createDirectories(root.resolve(point.substring(1)));
        hierarchies.put(point, controllers);
        populate(point, folder);
        if (controllers.contains("cpuset")) {
            Files.writeString(folder.resolve("cpuset.cpus"), "0-1\n");
            Files.writeString(folder.resolve("cpuset.mems"), "0\n");
        }
        var mountinfo = root.resolve("proc/self/mountinfo");
        Files.writeString(
                mountinfo,
                Files.readString(mountinfo) + "32 31 0:29 / " + point + " " + (readOnly ? "ro" : "rw")
                        + ",relatime shared:7 - " + type + " cgroup " + options + "\n");
    }

    FakeKernel readOnly() {
        readOnly = true;
        return this;
    }

    FakeKernel busyFor(int attempts) {
        busy = attempts;
        return this;
    }

    private void populate(String point, Path folder) throws IOException {
        var present = new TreeMap<String, String>(Map.of("cgroup.procs", ""));
        for (var controller : hierarchies.getOrDefault(point, List.of())) {
            present.putAll(controller.equals("unified") ? V2 : V1.getOrDefault(controller, Map.of()));
        }
        for (var file : present.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    @Override
    public String read(String path) throws IOException {
        return files.read(path);
    }

    @Override
    public void write(String path, String text) throws IOException {
        var file = root.resolve(path.substring(1));
        if (readOnly) {
            throw new FileSystemException(path, null, "Read-only file system");
        }
        if (!Files.exists(file)) {
            throw new AccessDeniedException(path);
        }
        writes.add(path.substring(path.indexOf("cgroup/") + 7) + "=" + text);
        if (path.endsWith("/cgroup.procs")) {
            Files.writeString(file, Files.readString(file) + text + "\n");
            setPopulated(file, 1);
        } else if (path.endsWith("/cgroup.kill")) {
            Files.writeString(file.resolveSibling("cgroup.procs"), "");
            setPopulated(file, 0);
        } else {
            Files.writeString(file, text + "\n");
        }
    }

    private static void setPopulated(Path sibling, int populated) throws IOException {
        var events = sibling.resolveSibling("cgroup.events");
        if (Files.exists(events)) {
            Files.writeString(events, "populated " + populated + "\nfrozen 0\n");
        }
    }

    @Override
    public boolean exists(String path) {
        return files.exists(path);
    }

    @Override
    public List<String> folders(String path) throws IOException {
        return files.folders(path);
    }

    @Override
    public void makeFolder(String path) throws IOException {
        if (readOnly) {
            throw new FileSystemException(path, null, "Read-only file system");
        }
        var folder = root.resolve(path.substring(1));
        if (!Files.exists(folder)) {
            files.makeFolder(path);
            var point = hierarchies.descendingKeySet().stream()
                    .filter(mounted -> path.startsWith(mounted + "/"))
                    .findFirst()
                    .orElseThrow();
            populate(point, folder);
            if (hierarchies.getOrDefault(point, List.of()).contains("unified")) {
                var enabled = Files.readString(folder.resolveSibling("cgroup.subtree_control"));
                Files.writeString(folder.resolve("cgroup.controllers"), enabled.replace("+", ""));
            }
        }
    }

    @Override
    public void removeFolder(String path) throws IOException {
        var folder = root.resolve(path.substring(1));
        if (!Files.exists(folder)) {
            return;
        }
        if (busy-- > 0
                || !Files.readString(folder.resolve("cgroup.procs")).isEmpty()
                || !files.folders(path).isEmpty()) {
            throw new FileSystemException(path, null, "Device or resource busy");
        }
        try (var entries = Files.list(folder)) {
            for (var entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(folder);
    }

    /** A process by force goes from all cgroups. */
    @Override
    public void signal(long pid, boolean force) {
        killed.add(pid);
        try (var all = Files.walk(root)) {
            for (var file : all.filter(path -> path.endsWith("cgroup.procs")).toList()) {
                var left = Files.readAllLines(file).stream()
                        .filter(line -> !line.equals(Long.toString(pid)))
                        .map(line -> line + "\n")
                        .toList();
                Files.writeString(file, String.join("", left));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
