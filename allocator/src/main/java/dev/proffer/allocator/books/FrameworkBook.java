package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.allocator.eligibility.ConstraintMatcher;
import dev.proffer.allocator.eligibility.MinAllocatable;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What happens to frameworks. */
public final class FrameworkBook {
    private final Cluster cluster;
    private final Ledger ledger;

    public FrameworkBook(Cluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
    }

    /** What agents said before that it holds is not counted again. */
    public void add(FrameworkId id, FrameworkProfile profile, boolean active, List<Holding> held) {
        var known = cluster.framework(id);
        if (known != null && known.isKnown()) {
            throw new IllegalArgumentException("framework " + id + " was added before");
        }
        var framework = cluster.obtainFramework(id);
        var countedBefore = (BitSet) framework.agents.clone();
        describe(framework, profile);
        for (var holding : held) {
            var agent = cluster.agent(holding.agent());
            if (agent != null && !countedBefore.get(agent.index())) {
                ledger.use(agent, slot(framework, holding.role()), cluster.bundle(holding.resources()));
            }
        }
        framework.active = active;
        framework.slots().forEach(this::review);
    }

    /** Roles that are no longer suppressed lose their filters, as if revived. */
    public void update(FrameworkId id, FrameworkProfile profile) {
        var framework = cluster.require(id);
        var wasSuppressed = framework.slots().stream()
                .filter(slot -> slot.isSubscribed() && slot.isSuppressed())
                .map(Slot::role)
                .toList();
        describe(framework, profile);
        framework.slots().stream()
                .filter(slot -> wasSuppressed.contains(slot.role()) && !slot.isSuppressed())
                .forEach(this::dropFilters);
        framework.slots().forEach(this::review);
    }

    private void describe(Framework framework, FrameworkProfile profile) {
        framework.profile = profile;
        for (var slot : framework.slots()) {
            if (!profile.roles().contains(slot.role()) && slot.isSubscribed()) {
                slot.setSubscribed(false);
                slot.setSuppressed(false);
                dropFilters(slot);
            }
        }
        for (var role : profile.roles()) {
            var slot = slot(framework, role);
            slot.setSubscribed(true);
            slot.setSuppressed(profile.suppressed().contains(role));
        }
        framework.slots().forEach(slot -> setTerms(slot, profile));
    }

    private void setTerms(Slot slot, FrameworkProfile profile) {
        var role = slot.role();
        var minimum = profile.minAllocatable().get(role);
        cluster.countOwnMinimum((minimum == null ? 0 : 1) - (slot.hasOwnMinimum() ? 1 : 0));
        var groups = profile.constraints()
                .map(constraints -> constraints.groupsByRole().getOrDefault(role, List.of()))
                .orElse(List.of());
        slot.setTerms(
                Traits.of(profile.capabilities(), role),
                minimum == null ? cluster.minAllocatable() : new MinAllocatable(minimum, cluster.names()),
                minimum != null,
                groups.isEmpty() ? null : new ConstraintMatcher(groups));
    }

    /** All that it holds is free again. Returns the agents on which it held something. */
    public List<Agent> remove(FrameworkId id) {
        var framework = cluster.require(id);
        var agents = framework.agents.stream().mapToObj(cluster::agent).toList();
        for (var agent : agents) {
            framework.slots().forEach(slot -> ledger.releaseAll(Objects.requireNonNull(agent), slot));
        }
        forEachMaintenance(maintenance -> maintenance.forget(id));
        framework.active = false;
        for (var slot : framework.slots()) {
            slot.setSubscribed(false);
            review(slot);
        }
        cluster.remove(framework);
        return agents.stream().map(Objects::requireNonNull).toList();
    }

    /** Returns whether it was inactive. */
    public boolean activate(FrameworkId id) {
        var framework = cluster.require(id);
        boolean wasInactive = !framework.active;
        framework.active = true;
        framework.slots().forEach(this::review);
        return wasInactive;
    }

    /** No offers, and no filters, until it is active again. */
    public void deactivate(FrameworkId id) {
        var framework = cluster.require(id);
        framework.active = false;
        for (var slot : framework.slots()) {
            review(slot);
            dropFilters(slot);
        }
        dropInverseRefusals(framework);
    }

    public void suppress(FrameworkId id, List<RolePath> roles) {
        for (var slot : subscribed(cluster.require(id), roles)) {
            slot.setSuppressed(true);
            review(slot);
        }
    }

    /** Ends suppression and filters. */
    public void revive(FrameworkId id, List<RolePath> roles) {
        var framework = cluster.require(id);
        framework.habit.revived();
        dropInverseRefusals(framework);
        for (var slot : subscribed(framework, roles)) {
            slot.setSuppressed(false);
            dropFilters(slot);
            review(slot);
        }
    }

    private static List<Slot> subscribed(Framework framework, List<RolePath> roles) {
        for (var role : roles) {
            var slot = framework.slots.get(role);
            if (slot == null || !slot.isSubscribed()) {
                throw new IllegalArgumentException(
                        "framework " + framework.id() + " is not subscribed to role '" + role + "'");
            }
        }
        return framework.slots().stream()
                .filter(slot -> slot.isSubscribed() && (roles.isEmpty() || roles.contains(slot.role())))
                .toList();
    }

    private void dropInverseRefusals(Framework framework) {
        forEachMaintenance(maintenance -> maintenance.dropRefusal(framework.id()));
    }

    private void forEachMaintenance(Consumer<Maintenance> action) {
        cluster.agentsInMaintenance().stream()
                .mapToObj(cluster::agent)
                .map(agent -> agent == null ? null : agent.maintenance())
                .filter(Objects::nonNull)
                .forEach(action);
    }

    private void dropFilters(Slot slot) {
        if (cluster.numbers().rows(slot.number()) > 0) {
            cluster.numbers().retire(slot.number());
            slot.setNumber(cluster.numbers().take());
        }
    }

    /** The framework's slot for the role, made now if there is none. */
    Slot slot(Framework framework, RolePath role) {
        var known = framework.slots.get(role);
        if (known != null) {
            return known;
        }
        var leaf = cluster.roles().obtain(role).leaf();
        var slot = new Slot(framework, leaf, cluster.numbers().take(), cluster.minAllocatable(), cluster.nextArrival());
        framework.slots.put(role, slot);
        cluster.roles().track(leaf, 1);
        if (framework.profile != null) {
            setTerms(slot, framework.profile);
        }
        return slot;
    }

    /** Brings the slot's place in the rankings in line with its state, and removes it if it has lost its reasons. */
    void review(Slot slot) {
        boolean active = slot.framework().active && slot.isSubscribed() && !slot.isSuppressed();
        if (active != slot.isActive()) {
            if (active) {
                cluster.roles().activate(slot);
            } else {
                cluster.roles().deactivate(slot);
            }
        }
        if (!slot.isSubscribed() && slot.agentsHeld() == 0) {
            discard(slot);
        }
    }

    private void discard(Slot slot) {
        cluster.countOwnMinimum(slot.hasOwnMinimum() ? -1 : 0);
        cluster.numbers().retire(slot.number());
        slot.framework().slots.remove(slot.role());
        cluster.roles().track(slot.leaf(), -1);
        if (!slot.framework().isKnown() && slot.framework().slots.isEmpty()) {
            cluster.remove(slot.framework());
        }
    }
}
