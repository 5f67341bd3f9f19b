package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.Limits;
import dev.proffer.allocator.OrderPolicy;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.allocator.order.Orders;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All roles that anything speaks of: a framework, a reservation, a quota, a weight, a policy, or a role below. Others do not
 * exist.
 */
public final class RoleTree {
    private final ResourceNames names;
    private final AllocatorConfig config;
    private final Orders orders;
    private final RoleNode root;
    private final Map<RolePath, RoleNode> nodes = new TreeMap<>();
    private long arrivals;

    RoleTree(ResourceNames names, AllocatorConfig config, Orders orders) {
        this.names = names;
        this.config = config;
        this.orders = orders;
        this.root = new RoleNode(
                null,
                null,
                orders.of(config.ordering().roles()),
                orders.of(config.ordering().frameworks()));
    }

    public RoleNode root() {
        return root;
    }

    public @Nullable RoleNode find(RolePath role) {
        return nodes.get(role);
    }

    /** All roles, by path. */
    public Iterable<RoleNode> all() {
        return nodes.values();
    }

    RoleNode obtain(RolePath role) {
        var known = nodes.get(role);
        if (known != null) {
            return known;
        }
        var parent = role.parent().map(this::obtain).orElse(root);
        var node = new RoleNode(
                role,
                parent,
                orders.of(config.ordering().roles()),
                orders.of(config.ordering().frameworks()));
        node.setArrival(arrivals);
        node.leaf().setArrival(arrivals++);
        parent.children().put(role.value(), node);
        nodes.put(role, node);
        return node;
    }

    /** Removes the role, and those above it, that nothing speaks for any more. */
    void prune(RoleNode from) {
        var node = from;
        while (node.isSuperfluous()) {
            var parent = parentOf(node);
            parent.children().remove(node.role().value());
            nodes.remove(node.role());
            node = parent;
        }
    }

    private static RoleNode parentOf(RoleNode node) {
        return Objects.requireNonNull(node.above());
    }

    void setWeight(RolePath role, double weight) {
        var node = obtain(role);
        node.setWeight(weight);
        node.setHasWeight(weight != 1.0);
        if (node.wants()) {
            parentOf(node).entries().reweighed(node);
        }
        prune(node);
    }

    void setOrder(RolePath role, OrderPolicy policy, int priority) {
        var node = obtain(role);
        boolean isDefault = policy == config.ordering().roles() && priority == 0;
        node.setPolicy(isDefault ? Optional.empty() : Optional.of(policy));
        node.setPriority(priority);
        node.entries().setOrder(orders.of(policy));
        node.leaf().slots().setOrder(orders.of(isDefault ? config.ordering().frameworks() : policy));
        if (node.wants()) {
            parentOf(node).entries().moved(node);
        }
        prune(node);
    }

    void setQuota(RolePath role, Quantities guarantees, Limits limits) {
        var node = obtain(role);
        int before = node.quota().hasGuarantees() ? 1 : 0;
        node.quota().set(guarantees, limits, names);
        int change = (node.quota().hasGuarantees() ? 1 : 0) - before;
        for (@Nullable RoleNode each = node; each != null; each = each.above()) {
            each.quota().countGuarantees(change);
            each.quota().refresh(quotaAbove(each));
        }
        prune(node);
    }

    /** Works out anew what is missing to the guarantees of {@code from} and those above it, after its consumption changed. */
    void refreshGuarantees(RoleNode from) {
        for (@Nullable RoleNode node = from; node != null; node = node.above()) {
            if (node.quota().isGuarded()) {
                node.quota().refresh(quotaAbove(node));
            }
        }
    }

    private static @Nullable RoleQuota quotaAbove(RoleNode node) {
        var above = node.above();
        return above == null ? null : above.quota();
    }

    /** Counts what is reserved in {@code resources} once more, or with a {@code sign} of -1 once less. */
    void countReservations(Resources resources, int sign) {
        for (var resource : resources) {
            if (resource.isReserved() && resource.value() instanceof Scalar scalar) {
                countReservation(resource, sign * scalar.thousandths());
            }
        }
    }

    private void countReservation(Resource resource, long thousandths) {
        var reservedNode = obtain(resource.reservedRole().orElseThrow());
        int index = names.indexOf(resource.name());
        for (@Nullable RoleNode node = reservedNode; node != null; node = node.above()) {
            node.quota().reserved().add(index, thousandths);
            node.quota().refreshLimits();
        }
        refreshGuarantees(reservedNode);
        prune(reservedNode);
    }

    /** A slot came to be, or with a {@code change} of -1 is no more. */
    void track(RoleLeaf leaf, int change) {
        leaf.track(change);
        if (leaf.tracked() == 0) {
            leaf.setAllocations(0);
        }
        for (@Nullable RoleNode node = leaf.node(); node != null; node = node.above()) {
            node.track(change);
            if (node.tracked() == 0) {
                node.setAllocations(0);
            }
        }
        prune(leaf.node());
    }

    void activate(Slot slot) {
        var leaf = slot.leaf();
        slot.setActive(true);
        leaf.slots().add(slot);
        if (leaf.slots().size() == 1) {
            leaf.node().entries().add(leaf);
        }
        for (@Nullable RoleNode node = leaf.node(); node != null; node = node.above()) {
            node.activate(1);
            var above = node.above();
            if (node.active() == 1 && above != null) {
                above.entries().add(node);
            }
        }
    }

    void deactivate(Slot slot) {
        var leaf = slot.leaf();
        slot.setActive(false);
        leaf.slots().remove(slot);
        if (leaf.slots().isEmpty()) {
            leaf.node().entries().remove(leaf);
        }
        for (@Nullable RoleNode node = leaf.node(); node != null; node = node.above()) {
            node.activate(-1);
            var above = node.above();
            if (node.active() == 0 && above != null) {
                above.entries().remove(node);
            }
        }
    }

    /** Notes that what the slot holds changed, for the order of it and of those above. */
    void moved(Slot slot) {
        var leaf = slot.leaf();
        if (slot.isActive()) {
            leaf.slots().moved(slot);
        }
        if (leaf.wants()) {
            leaf.node().entries().moved(leaf);
        }
        for (var node = leaf.node(); node.above() != null; node = parentOf(node)) {
            if (node.wants()) {
                parentOf(node).entries().moved(node);
            }
        }
    }
}
