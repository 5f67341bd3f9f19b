package dev.proffer.allocator.stages;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;
import java.util.random.RandomGenerator;

/**
 * The second stage: everybody gets what is left, in fair order, up to limits, while what is missing to guarantees is held
 * back, wherever in the cluster it may be. What is reserved for a role, revocable or no scalar is not limited.
 */
public final class FairShareStage implements Stage {
    private final Cluster cluster;
    private final Chopper chopper;
    private final boolean ownLimitsOnly;
    private final Room room;
    private final Amounts heldBack = new Amounts();
    private boolean holdsBack;
    private long hopelessNames;

    public FairShareStage(Cluster cluster, RandomGenerator chance) {
        this.cluster = cluster;
        this.chopper = new Chopper(cluster.names(), chance);
        this.ownLimitsOnly = cluster.config().mesosExact();
        this.room = new Room(ownLimitsOnly);
    }

    /** As in Mesos, what is held back stays the same throughout the stage. */
    public void begin() {
        heldBack.assign(cluster.roles().root().quota().unsatisfied());
        holdsBack = !heldBack.isZero();
        hopelessNames = 0;
    }

    @Override
    public boolean isFairShare() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /**
     * Most roles of a busy cluster are at their limits, and most agents have nothing but plain resources: then one test of
     * bits passes over the role.
     */
    @Override
    public boolean concerns(RoleNode node, Agent agent) {
        var free = agent.free();
        return free.hasOther()
                || (free.plainNames() & ~node.quota().exhausted()) != 0
                || (ownLimitsOnly && !node.isChildless());
    }

    @Override
    public boolean isHopeless(Bundle free) {
        return !free.hasOther() && (free.plainNames() & ~hopelessNames) == 0;
    }

    /** Consumption only grows in a run, so limits that are reached stay so. */
    @Override
    public void giveUp(Bundle free) {
        if (!free.hasOther()) {
            hopelessNames |= free.plainNames();
        }
    }

    @Override
    public boolean turnTo(RoleLeaf leaf) {
        room.turnTo(leaf);
        return true;
    }

    @Override
    public Bundle portion(Bundle visible) {
        var plain = visible.plain();
        boolean whole = true;
        boolean any = visible.hasOther();
        for (int i = 0; i < plain.length(); i++) {
            long amount = plain.at(i);
            if (amount > 0) {
                long allowed = Math.min(room.of(i), spare(i));
                whole &= amount <= allowed;
                any |= allowed > 0;
            }
        }
        if (whole) {
            return visible;
        }
        return any ? chopper.chop(visible, i -> Math.min(room.of(i), spare(i))) : Bundle.EMPTY;
    }

    @Override
    public long room(int index) {
        return room.of(index);
    }

    @Override
    public long spare(int index) {
        return holdsBack ? Math.max(0, cluster.pool().free().at(index) - heldBack.at(index)) : Long.MAX_VALUE;
    }
}
