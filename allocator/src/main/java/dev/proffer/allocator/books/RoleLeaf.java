package dev.proffer.allocator.books;

import dev.proffer.allocator.order.Claimant;
import dev.proffer.allocator.order.Ranking;
import dev.proffer.allocator.order.SiblingOrder;
import dev.proffer.model.RolePath;

/**
 * The frameworks that are in a role itself, as opposed to in its children: among those it is a sibling of weight 1, whatever
 * the role's own weight (Mesos' virtual leaf).
 */
public final class RoleLeaf extends Claimant {
    private final RoleNode node;
    private final Ranking<Slot> slots;
    private int tracked;

    RoleLeaf(RoleNode node, String path, SiblingOrder order) {
        super(path);
        this.node = node;
        this.slots = new Ranking<>(order);
    }

    public RoleNode node() {
        return node;
    }

    public RolePath role() {
        return node.role();
    }

    /** The active ones. */
    public Ranking<Slot> slots() {
        return slots;
    }

    /** How many slots there are, active or not. */
    int tracked() {
        return tracked;
    }

    void track(int change) {
        tracked += change;
    }

    @Override
    public boolean wants() {
        return !slots.isEmpty();
    }
}
