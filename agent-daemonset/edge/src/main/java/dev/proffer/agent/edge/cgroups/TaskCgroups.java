package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.core.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The agent's part of the tree: below a parent, whose limits hold for all tasks together, {@code proffer/f-FRAMEWORK/e-EXECUTOR/c-CONTAINER}, where a task's
 * processes and limits are, and {@code proffer/_sup} for the supervisors. Each cgroup between has the CPU share of those below
 * together, so that ten tasks of one framework weigh as much as ten of another. Any thread.
 */
public final class TaskCgroups {
    private static final String OWN = "proffer";
    private static final String SUPERVISORS = "_sup";
    private static final int NAME_AT_MOST = 200;

    private final Cgroups cgroups;

    public TaskCgroups(Cgroups cgroups) {
        this.cgroups = cgroups;
    }

    /** Where supervisors have to be: they die with whatever other cgroup they are in. */
    public CgroupPath supervisors(CgroupPath parent) {
        return parent.child(OWN).child(SUPERVISORS);
    }

    public CgroupPath of(CgroupPath parent, Container container) {
        return executor(parent, container).child("c-" + name(container.id()));
    }

    private static CgroupPath framework(CgroupPath parent, Container container) {
        return parent.child(OWN).child("f-" + name(container.task().framework().value()));
    }

    /** The executor of a command task has the task's id. */
    private static CgroupPath executor(CgroupPath parent, Container container) {
        return framework(parent, container)
                .child("e-" + name(container.task().task().value()));
    }

    /**
     * Makes what all tasks need. A second call changes nothing.
     *
     * @throws IOException if the parent is gone, too: it is never made
     */
    public synchronized void prepare(CgroupPath parent) throws IOException {
        cgroups.createBelow(parent, supervisors(parent));
    }

    public boolean isPrepared(CgroupPath parent) {
        return cgroups.exists(supervisors(parent));
    }

    public synchronized CgroupPath create(CgroupPath parent, Container container, CgroupLimits limits)
            throws IOException {
        var cgroup = of(parent, container);
        cgroups.createBelow(parent, cgroup);
        cgroups.limit(cgroup, limits);
        weighAnew(executor(parent, container));
        weighAnew(framework(parent, container));
        return cgroup;
    }

    /** One that {@link #create} made; its processes must be gone. Those above go with the last that they hold. */
    public void remove(CgroupPath task) throws IOException {
        cgroups.remove(task); // It may take a while, and others need not wait.
        removeAbove(task);
    }

    private synchronized void removeAbove(CgroupPath task) throws IOException {
        for (var above : List.of(task.parent(), task.parent().parent())) {
            if (cgroups.exists(above) && !removeIfEmpty(above)) {
                weighAnew(above);
            }
        }
    }

    private boolean removeIfEmpty(CgroupPath cgroup) throws IOException {
        boolean empty = cgroups.children(cgroup).isEmpty();
        if (empty) {
            cgroups.remove(cgroup);
        }
        return empty;
    }

    private void weighAnew(CgroupPath cgroup) throws IOException {
        long sum = 0;
        for (var child : cgroups.children(cgroup)) {
            sum += cgroups.cpuMillis(cgroup.child(child));
        }
        if (sum > 0) {
            cgroups.limit(
                    cgroup,
                    new CgroupLimits(
                            sum,
                            CgroupLimits.NONE.cpuQuotaMillis(),
                            CgroupLimits.NONE.memoryBytes(),
                            CgroupLimits.NONE.pids()));
        }
    }

    /** An id as a file name: what could mislead is written as {@code %XX}, what is too long ends in a checksum. */
    static String name(String id) {
        var name = new StringBuilder();
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) octet;
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "._-:@".indexOf(letter) >= 0);
            name.append(plain ? String.valueOf(letter) : "%" + HexFormat.of().toHexDigits(octet));
        }
        if (name.length() <= NAME_AT_MOST) {
            return name.toString();
        }
        var checksum = new CRC32C();
        checksum.update(id.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, NAME_AT_MOST) + "~" + Long.toHexString(checksum.getValue());
    }
}
