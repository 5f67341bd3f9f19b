package dev.proffer.agent.edge.cgroups;

/**
 * Where a cgroup is below the root of each hierarchy.
 *
 * @param value absolute, without a slash at its end unless it is the root's
 */
public record CgroupPath(String value) {
    public static final CgroupPath ROOT = new CgroupPath("/");

    public CgroupPath {
        if (!value.startsWith("/") || (value.length() > 1 && value.endsWith("/")) || value.contains("//")) {
            throw new IllegalArgumentException("'" + value + "' is no cgroup: it must look like /a/b");
        }
    }

    public CgroupPath child(String name) {
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("'" + name + "' cannot be a cgroup's name");
        }
        return new CgroupPath(value.equals("/") ? "/" + name : value + "/" + name);
    }

    /** The root is its own parent. */
    public CgroupPath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new CgroupPath(value.substring(0, slash));
    }

    public boolean isRoot() {
        return value.equals("/");
    }

    /** The last part; empty for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
