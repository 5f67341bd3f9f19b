package dev.proffer.allocator.books;

import dev.proffer.allocator.OrderPolicy;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.allocator.order.Ranking;
import dev.proffer.allocator.order.SiblingOrder;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A role with all that lies below it. */
public final class RoleNode extends Claimant {
    private final @Nullable RolePath role;
    private final @Nullable RoleNode parent;
    private final SortedMap<String, RoleNode> children = new TreeMap<>();
    private final RoleLeaf leaf;
    private final RoleQuota quota = new RoleQuota();
    private final Ranking<Claimant> entries;
    private Optional<OrderPolicy> policy = Optional.empty();
    private boolean hasWeight;
    private int tracked;
    private int active;

    RoleNode(@Nullable RolePath role, @Nullable RoleNode parent, SiblingOrder roleOrder, SiblingOrder frameworkOrder) {
        super(role == null ? "" : role.value());
        this.role = role;
        this.parent = parent;
        this.entries = new Ranking<>(roleOrder);
        this.leaf = new RoleLeaf(this, path() + "/.", frameworkOrder);
    }

    public RolePath role() {
        if (role == null) {
            throw new IllegalStateException("the root of the tree is no role");
        }
        return role;
    }

    /** The role one level up, or the root; null for the root. */
    public @Nullable RoleNode above() {
        return parent;
    }

    public boolean isTopLevel() {
        return parent != null && parent.parent == null;
    }

    /** Whether no role lies below it. */
    public boolean isChildless() {
        return children.isEmpty();
    }

    SortedMap<String, RoleNode> children() {
        return children;
    }

    public RoleLeaf leaf() {
        return leaf;
    }

    public RoleQuota quota() {
        return quota;
    }

    /** The children, and the role's own leaf, that have anyone active. */
    public Ranking<Claimant> entries() {
        return entries;
    }

    public Optional<OrderPolicy> policy() {
        return policy;
    }

    void setPolicy(Optional<OrderPolicy> policy) {
        this.policy = policy;
    }

    void setHasWeight(boolean hasWeight) {
        this.hasWeight = hasWeight;
    }

    /** How many slots are in the subtree, active or not. */
    int tracked() {
        return tracked;
    }

    void track(int change) {
        tracked += change;
    }

    /** How many active slots are in the subtree. */
    public int active() {
        return active;
    }

    void activate(int change) {
        active += change;
    }

    @Override
    public boolean wants() {
        return active > 0;
    }

    @Override
    public List<? extends Claimant> parts() {
        var parts = new ArrayList<Claimant>(children.values());
        if (leaf.tracked() > 0) {
            parts.add(leaf);
        }
        return Collections.unmodifiableList(parts);
    }

    /** Whether nothing speaks for its existence. */
    boolean isSuperfluous() {
        return parent != null
                && children.isEmpty()
                && tracked == 0
                && !hasWeight
                && policy.isEmpty()
                && quota.isUnset()
                && quota.reserved().isZero();
    }
}
