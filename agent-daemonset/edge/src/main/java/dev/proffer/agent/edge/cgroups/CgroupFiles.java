package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.edge.problems.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What both versions do with the kernel's files. */
final class CgroupFiles {
    static final String PROCESSES = "cgroup.procs";

    private static final String PROBE = "proffer-probe";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final KernelFiles kernel;

    CgroupFiles(KernelFiles kernel) {
        this.kernel = kernel;
    }

    boolean exists(Hierarchy hierarchy, CgroupPath cgroup) {
        return kernel.exists(hierarchy.folder(cgroup));
    }

    boolean has(Hierarchy hierarchy, CgroupPath cgroup, String file) {
        return kernel.exists(file(hierarchy, cgroup, file));
    }

    String file(Hierarchy hierarchy, CgroupPath cgroup, String name) {
        return hierarchy.folder(cgroup) + "/" + name;
    }

    void make(Hierarchy hierarchy, CgroupPath cgroup) throws IOException {
        kernel.makeFolder(hierarchy.folder(cgroup));
    }

    String read(Hierarchy hierarchy, CgroupPath cgroup, String name) throws IOException {
        return kernel.read(file(hierarchy, cgroup, name)).strip();
    }

    void write(Hierarchy hierarchy, CgroupPath cgroup, String name, String value) throws IOException {
        try {
            kernel.write(file(hierarchy, cgroup, name), value);
        } catch (FileSystemException e) {
            throw new IOException(
                    "the kernel does not take '" + value + "' for " + name + " of the cgroup " + cgroup + ": "
                            + e.getReason(),
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "the kernel does not take '" + value + "' for " + name + " of the cgroup " + cgroup + ": "
                            + e.getMessage(),
                    e);
        }
    }

    long number(Hierarchy hierarchy, CgroupPath cgroup, String name) throws IOException {
        return parse(read(hierarchy, cgroup, name));
    }

    OptionalLong numberIfAny(Hierarchy hierarchy, CgroupPath cgroup, String name) throws IOException {
        return has(hierarchy, cgroup, name) ? OptionalLong.of(number(hierarchy, cgroup, name)) : OptionalLong.empty();
    }

    /** Lines of a key and a number. */
    Map<String, Long> figures(Hierarchy hierarchy, CgroupPath cgroup, String name) throws IOException {
        var figures = new HashMap<String, Long>();
        for (var line : read(hierarchy, cgroup, name).lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                figures.put(line.substring(0, blank), parse(line.substring(blank + 1)));
            }
        }
        return figures;
    }

    private static long parse(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the kernel says '" + text + "' where a number belongs", e);
        }
    }

    List<String> children(Hierarchy hierarchy, CgroupPath cgroup) throws IOException {
        return kernel.folders(hierarchy.folder(cgroup));
    }

    /** The cgroup and all below it, those below first. */
    List<CgroupPath> tree(Hierarchy hierarchy, CgroupPath cgroup) throws IOException {
        var tree = new ArrayList<CgroupPath>();
        for (var child : children(hierarchy, cgroup)) {
            tree.addAll(tree(hierarchy, cgroup.child(child)));
        }
        tree.add(cgroup);
        return tree;
    }

    Collection<Long> processes(Hierarchy hierarchy, CgroupPath cgroup) throws IOException {
        var pids = new TreeSet<Long>();
        for (var each : tree(hierarchy, cgroup)) {
            try {
                for (var line : read(hierarchy, each, PROCESSES).lines().toList()) {
                    pids.add(parse(line));
                }
            } catch (NoSuchFileException gone) {
                // Removed meanwhile, and so empty.
            } catch (IOException e) {
                if (exists(hierarchy, each)) {
                    throw e;
                }
            }
        }
        return pids;
    }

    void kill(Collection<Long> pids) {
        pids.forEach(pid -> kernel.signal(pid, /* force= */ true));
    }

    /** With all below. The kernel lets go of a cgroup a little after its last process. */
    void remove(Hierarchy hierarchy, CgroupPath cgroup) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                for (var each : tree(hierarchy, cgroup)) {
                    kernel.removeFolder(hierarchy.folder(each));
                }
                return;
            } catch (FileSystemException busy) {
                if (busy instanceof AccessDeniedException || System.nanoTime() > end) {
                    throw new IOException(
                            "the cgroup " + cgroup + " at " + hierarchy.mountPoint() + " cannot be removed: "
                                    + busy.getReason(),
                            busy);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** @return whether it came true in time */
    static boolean await(BooleanSupplier condition, long patienceNanos) {
        long end = System.nanoTime() + patienceNanos;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Why cgroups cannot be made below that one in that hierarchy. */
    List<Problem> mountProblems(Hierarchy hierarchy, CgroupPath parent) {
        if (!hierarchy.writable()) {
            return List.of(new Problem.CgroupsReadOnly(hierarchy.mountPoint()));
        }
        var existing = parent;
        while (!existing.isRoot() && !exists(hierarchy, existing)) {
            existing = existing.parent();
        }
        try {
            kernel.makeFolder(hierarchy.folder(existing.child(PROBE)));
            kernel.removeFolder(hierarchy.folder(existing.child(PROBE)));
            return List.of();
        } catch (IOException e) {
            return List.of(new Problem.NotPrivileged(hierarchy.folder(existing), reason(e)));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }
}
