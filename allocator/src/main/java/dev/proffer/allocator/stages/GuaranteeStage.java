package dev.proffer.allocator.stages;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.RoleQuota;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The first stage: roles whose guarantees are not satisfied get what they lack, even if not all guarantees can be kept. A role
 * that makes progress on one resource gets the others of the agent too, within its limits and as far as nothing must be held
 * back; otherwise agents would be left in splinters.
 *
 * <p>A role may also draw on an ancestor's guarantee, less what is missing to guarantees of other branches. In Mesos it
 * cannot.
 */
public final class GuaranteeStage implements Stage {
    private final Cluster cluster;
    private final Chopper chopper;
    private final boolean ownGuaranteesOnly;
    private final Room room;
    private long[] due = new long[8];
    private @Nullable RoleLeaf leaf;

    public GuaranteeStage(Cluster cluster, RandomGenerator chance) {
        this.cluster = cluster;
        this.chopper = new Chopper(cluster.names(), chance);
        this.ownGuaranteesOnly = cluster.config().mesosExact();
        this.room = new Room(ownGuaranteesOnly);
    }

    @Override
    public boolean isFairShare() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return cluster.roles().root().quota().isUnsatisfied();
    }

    /** Below a top-level role that lacks nothing, nobody lacks anything. */
    @Override
    public boolean concerns(RoleNode node, Agent agent) {
        return node.quota().isUnsatisfied() || !node.isTopLevel();
    }

    @Override
    public boolean isHopeless(Bundle free) {
        return false;
    }

    @Override
    public void giveUp(Bundle free) {}

    @Override
    public boolean turnTo(RoleLeaf role) {
        leaf = role;
        room.turnTo(role);
        if (due.length < cluster.names().size()) {
            due = new long[cluster.names().size()];
        }
        boolean any = false;
        for (int i = 0; i < due.length; i++) {
            due[i] = Math.min(dueTo(role, i), room.of(i));
            any |= due[i] > 0;
        }
        return any;
    }

    private long dueTo(RoleLeaf role, int index) {
        if (ownGuaranteesOnly) {
            return role.node().quota().shortfall(index);
        }
        long least = dueTo(role.node(), index)
                - role.node().quota().childrenUnsatisfied().at(index);
        return Math.max(0, least);
    }

    /** What is due to a branch: what its parent's branch is due, without what its siblings lack. */
    private static long dueTo(RoleNode node, int index) {
        RoleQuota own = node.quota();
        var parent = node.above();
        if (parent == null || node.isTopLevel()) {
            return own.unsatisfied().at(index);
        }
        long lackedBySiblings = parent.quota().childrenUnsatisfied().at(index)
                - own.unsatisfied().at(index);
        return dueTo(parent, index) - lackedBySiblings;
    }

    @Override
    public Bundle portion(Bundle visible) {
        var plain = visible.plain();
        boolean progress = false;
        boolean whole = !visible.hasReserved();
        for (int i = 0; i < plain.length(); i++) {
            long amount = plain.at(i);
            progress |= amount > 0 && due[i] > 0;
            whole &= amount <= due[i] || (!visible.hasIndivisible() && amount <= allowed(i));
        }
        if (!progress) {
            return Bundle.EMPTY;
        }
        return whole ? visible : chopper.chopForGuarantee(visible, role().role(), i -> due[i], this::beyond);
    }

    private long allowed(int index) {
        long beyond = beyond(index);
        return due[index] > Long.MAX_VALUE - beyond ? Long.MAX_VALUE : due[index] + beyond;
    }

    /** What the role may have of a resource on top of what is due to it. */
    private long beyond(int index) {
        long left = room.of(index);
        return Math.min(left == Long.MAX_VALUE ? left : Math.max(0, left - due[index]), spare(index));
    }

    private RoleLeaf role() {
        if (leaf == null) {
            throw new IllegalStateException("no role was turned to");
        }
        return leaf;
    }

    @Override
    public long room(int index) {
        return room.of(index);
    }

    @Override
    public long spare(int index) {
        var quota = cluster.roles().root().quota();
        if (!quota.isUnsatisfied()) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, cluster.pool().free().at(index) - quota.unsatisfied().at(index));
    }
}
