package dev.proffer.agent.edge.cgroups;

import java.util.List;

/**
 * A mounted hierarchy of cgroups.
 *
 * @param mountPoint where it is seen
 * @param root the cgroup that is seen there: not the topmost if only a part is mounted
 * @param controllers that act in it, {@code name=…} for one without controllers; empty for that of version 2
 * @param writable whether the mount can be written
 */
public record Hierarchy(String mountPoint, CgroupPath root, List<String> controllers, boolean writable) {
    public Hierarchy {
        controllers = List.copyOf(controllers);
    }

    /** The folder of a cgroup, in absolute terms. */
    String folder(CgroupPath cgroup) {
        var path = cgroup.value();
        if (!root.isRoot()) {
            if (!path.equals(root.value()) && !path.startsWith(root.value() + "/")) {
                throw new IllegalArgumentException("the cgroup " + cgroup + " lies outside of " + root
                        + ", which is all that is mounted at " + mountPoint);
            }
            path = path.substring(root.value().length());
        }
        return path.equals("/") ? mountPoint : mountPoint + path;
    }
}
