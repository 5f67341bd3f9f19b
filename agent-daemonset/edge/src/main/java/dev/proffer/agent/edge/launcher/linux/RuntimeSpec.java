package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.cgroups.CgroupPath;
import dev.proffer.agent.edge.cgroups.LinuxFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the OCI runtime is to make of a task: its own processes, mounts and IPC, the machine's network, no privileges. Limits
 * are not in it: they are set on the cgroup before the runtime comes.
 */
record RuntimeSpec(
        LinuxConfig config,
        TaskRoot root,
        Bundle bundle,
        Path stateFolder,
        Path sandbox,
        CgroupPath cgroup,
        Account account,
        List<String> command,
        Map<String, String> environment) {

    /** What root may in a container: no network of others, no devices, no mounts. */
    private static final List<String> CAPABILITIES = List.of(
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_NET_BIND_SERVICE",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");

    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/firmware");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /** Copied rather than mounted: where the monitor lives, the agent's own are not to be seen. */
    private static final List<String> NAME_SERVICE = List.of("resolv.conf", "hosts", "hostname");

    String json() {
        return new JsonObject()
                .put("ociVersion", "1.0.2")
                .put("process", process())
                .put(
                        "root",
                        new JsonObject().put("path", root.path().toString()).put("readonly", true))
                .put("mounts", mounts())
                .put("linux", linux())
                .encode();
    }

    private JsonObject process() {
        var arguments = new JsonArray().add(TaskRoot.INIT).add("--");
        command.forEach(arguments::add);
        var variables = new JsonArray();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        var capabilities = new JsonArray(account.isRoot() ? CAPABILITIES : List.of());
        var process = new JsonObject();
        if (OomScore.isSpared(LinuxFiles.ofMachine())) {
            process.put("oomScoreAdj", 0);
        }
        return process.put("terminal", false)
                .put(
                        "user",
                        new JsonObject()
                                .put("uid", account.uid())
                                .put("gid", account.gid())
                                .put("additionalGids", new JsonArray(account.groups())))
                .put("args", arguments)
                .put("env", variables)
                .put("cwd", TaskRoot.SANDBOX)
                .put(
                        "capabilities",
                        new JsonObject()
                                .put("bounding", capabilities)
                                .put("effective", capabilities)
                                .put("permitted", capabilities))
                .put("noNewPrivileges", true);
    }

    private JsonArray mounts() {
        var mounts = new JsonArray()
                .add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"))
                .add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"))
                .add(mount(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        "nosuid",
                        "noexec",
                        "newinstance",
                        "ptmxmode=0666",
                        "mode=0620"))
                .add(mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"))
                .add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"))
                .add(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"))
                .add(mount("/run", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=755"));
        root.folders().forEach(folder -> mounts.add(bind(folder.toString(), folder, "ro")));
        if (root.folders().isEmpty()) {
            for (var file : NAME_SERVICE) {
                mounts.add(bind("/etc/" + file, bundle.file(file), "ro"));
            }
        }
        return mounts.add(bind("/tmp", bundle.temporary(), "rw"))
                .add(bind(TaskRoot.INIT, config.init(), "ro"))
                .add(bind(TaskRoot.SANDBOX, sandbox, "rw"));
    }

    private static JsonObject bind(String destination, Path source, String mode) {
        return mount(destination, "bind", source.toString(), "bind", mode, "nosuid", "nodev");
    }

    private static JsonObject mount(String destination, String type, String source, String... options) {
        return new JsonObject()
                .put("destination", destination)
                .put("type", type)
                .put("source", source)
                .put("options", new JsonArray(List.of(options)));
    }

    private JsonObject linux() {
        var namespaces = new JsonArray();
        List.of("pid", "mount", "ipc").forEach(type -> namespaces.add(new JsonObject().put("type", type)));
        var masked = new JsonArray(MASKED);
        if (!root.folders().isEmpty()) {
            // The journal and the sandboxes of others lie in a folder of the machine.
            masked = masked.copy().add(stateFolder.toString());
        }
        var noDevices = new JsonObject().put("allow", false).put("access", "rwm");
        return new JsonObject()
                .put("cgroupsPath", cgroup.value())
                .put("namespaces", namespaces)
                .put("resources", new JsonObject().put("devices", new JsonArray().add(noDevices)))
                .put("maskedPaths", masked)
                .put("readonlyPaths", new JsonArray(READ_ONLY));
    }

    static List<String> nameService() {
        return NAME_SERVICE;
    }
}
