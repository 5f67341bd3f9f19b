package dev.proffer.agent.edge.cgroups;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which hierarchies are mounted, as {@code /proc/self/mountinfo} tells.
 *
 * @param legacy of version 1
 * @param unified of version 2; beside legacy ones it has no controllers, but processes are in it all the same
 */
public record CgroupMounts(List<Hierarchy> legacy, Optional<Hierarchy> unified) {
    private static final String MOUNTINFO = "/proc/self/mountinfo";
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;
    private static final Set<String> CONTROLLERS = Set.of(
            "blkio",
            "cpu",
            "cpuacct",
            "cpuset",
            "devices",
            "freezer",
            "hugetlb",
            "memory",
            "misc",
            "net_cls",
            "net_prio",
            "perf_event",
            "pids",
            "rdma");

    public CgroupMounts {
        legacy = List.copyOf(legacy);
    }

    public static CgroupMounts read(KernelFiles kernel) throws IOException {
        var legacy = new ArrayList<Hierarchy>();
        Optional<Hierarchy> unified = Optional.empty();
        for (var line : kernel.read(MOUNTINFO).lines().toList()) {
            int dash = line.indexOf(" - ");
            if (dash < 0) {
                continue;
            }
            var fields = line.substring(0, dash).split(" ");
            var type = line.substring(dash + 3).split(" ");
            if (type[0].equals("cgroup2")) {
                unified = unified.or(() -> Optional.of(hierarchy(fields, List.of())));
            } else if (type[0].equals("cgroup")) {
                var mounted = hierarchy(fields, controllers(type[type.length - 1]));
                if (legacy.stream().noneMatch(known -> known.controllers().equals(mounted.controllers()))) {
                    legacy.add(mounted);
                }
            }
        }
        return new CgroupMounts(legacy, unified);
    }

    /** Whether the controllers are those of version 1. */
    public boolean isLegacy() {
        return legacy.stream()
                .flatMap(hierarchy -> hierarchy.controllers().stream())
                .anyMatch(CONTROLLERS::contains);
    }

    /** All, in which every process of a task has to be moved. */
    public List<Hierarchy> all() {
        var all = new ArrayList<>(legacy);
        unified.ifPresent(all::add);
        return all;
    }

    Optional<Hierarchy> of(String controller) {
        return legacy.stream()
                .filter(hierarchy -> hierarchy.controllers().contains(controller))
                .findFirst();
    }

    private static Hierarchy hierarchy(String[] fields, List<String> controllers) {
        var options = Arrays.asList(fields[OPTIONS].split(","));
        return new Hierarchy(
                unescaped(fields[MOUNT_POINT]),
                new CgroupPath(unescaped(fields[ROOT])),
                controllers,
                options.contains("rw"));
    }

    private static List<String> controllers(String superOptions) {
        return Arrays.stream(superOptions.split(","))
                .filter(option -> option.startsWith("name=") || CONTROLLERS.contains(option))
                .toList();
    }

    /** The kernel writes blanks and the like in octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
