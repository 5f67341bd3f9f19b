package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Moves resources between what is free on an agent and what slots hold of it, and keeps every sum that depends on it: what
 * claimants hold, what quota counts, what the pool has free.
 */
public final class Ledger {
    private final Cluster cluster;

    public Ledger(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What an offer changes and cannot be worked out backwards. */
    public record Before(Bundle free, Bundle offered, long offeredInRun, Resources sharedOffered, long sharedInRun) {}

    /** The slot is offered a part, or all, of what is free. Returns what {@link #retract} needs. */
    public Before offer(Agent agent, Slot slot, Bundle offer, long run) {
        var held = heldBy(agent, slot);
        var before =
                new Before(agent.free, held.offered, held.offeredInRun, agent.sharedOffered, agent.sharedOfferedInRun);
        if (held.offered.isEmpty()) {
            agent.outstandingOffers++;
        }
        held.offered = sum(held.offered, offer);
        held.offeredInRun = run;
        slot.framework().outstanding().add(offer.plain());
        charge(agent, slot, offer, 1, false);
        countAllocation(slot, 1);
        noteSharedOffered(agent, offer, run);
        takeFree(agent, offer);
        return before;
    }

    /** Makes it as if the last offer of the agent had not been made. */
    public void retract(Agent agent, Slot slot, Bundle offer, Before before) {
        var held = heldBy(agent, slot);
        charge(agent, slot, offer, -1, false);
        countAllocation(slot, -1);
        slot.framework().outstanding().subtract(offer.plain());
        held.offered = before.offered;
        held.offeredInRun = before.offeredInRun;
        if (held.offered.isEmpty()) {
            agent.outstandingOffers--;
        }
        forgetIfNothing(agent, slot, held);
        agent.sharedOffered = before.sharedOffered;
        agent.sharedOfferedInRun = before.sharedInRun;
        setFree(agent, before.free);
    }

    /** The slot uses something on the agent, from before we knew of it; there may be less than that free. */
    void use(Agent agent, Slot slot, Bundle used) {
        var held = heldBy(agent, slot);
        held.used = sum(held.used, used);
        charge(agent, slot, used, 1, true);
        countAllocation(slot, 1);
        recomputeFree(agent);
    }

    /** What was offered is in use now. */
    void commit(Agent agent, Slot slot, Resources resources) {
        var held = existing(agent, slot, resources);
        var used = part(held.offered, resources);
        held.offered = remaining(agent, slot, held.offered, resources);
        held.used = sum(held.used, used);
        slot.framework().outstanding().subtract(used.plain());
        for (@Nullable RoleNode node = slot.leaf().node(); node != null; node = node.above()) {
            node.quota().used().add(used.plain());
        }
        noteOfferEnd(agent, held);
    }

    /** What the slot held is free again. */
    void release(Agent agent, Slot slot, Resources resources, Origin origin) {
        var held = existing(agent, slot, resources);
        boolean used = origin == Origin.USED;
        var part = part(used ? held.used : held.offered, resources);
        if (used) {
            held.used = remaining(agent, slot, held.used, resources);
        } else {
            held.offered = remaining(agent, slot, held.offered, resources);
            slot.framework().outstanding().subtract(part.plain());
            noteOfferEnd(agent, held);
        }
        charge(agent, slot, part, -1, used);
        forgetIfNothing(agent, slot, held);
        giveBack(agent, part);
    }

    /** Nothing of the agent is held by the slot any more. */
    void releaseAll(Agent agent, Slot slot) {
        var held = agent.held.get(slot);
        if (held == null) {
            return;
        }
        if (!held.offered.isEmpty()) {
            release(agent, slot, held.offered.resources(), Origin.OFFERED);
        }
        if (!held.used.isEmpty()) {
            release(agent, slot, held.used.resources(), Origin.USED);
        }
    }

    /** What the slot holds changed its nature, and the agent's total with it. */
    void convert(Agent agent, Slot slot, Resources consumed, Resources converted) {
        var held = existing(agent, slot, consumed);
        boolean offered = held.offered.resources().contains(consumed);
        var before = offered ? held.offered : held.used;
        var after = cluster.bundle(
                remaining(agent, slot, before, consumed).resources().plus(converted));
        charge(agent, slot, before, -1, !offered);
        if (offered) {
            held.offered = after;
            slot.framework().outstanding().subtract(before.plain());
            slot.framework().outstanding().add(after.plain());
            agent.outstandingOffers += (after.isEmpty() ? 0 : 1) - (before.isEmpty() ? 0 : 1);
        } else {
            held.used = after;
        }
        charge(agent, slot, after, 1, !offered);
        forgetIfNothing(agent, slot, held);
        if (!consumed.isEmpty()) {
            convertTotal(agent, consumed, converted);
        }
    }

    private void convertTotal(Agent agent, Resources consumed, Resources converted) {
        var total = cluster.bundle(agent.total.resources().minus(consumed).plus(converted));
        boolean freeStays = !agent.overcommitted && !total.hasShared() && !agent.total.hasShared();
        cluster.roles().countReservations(consumed, -1);
        cluster.roles().countReservations(converted, 1);
        cluster.pool().changeCapacity(consumed.scalars(), converted.scalars());
        agent.total = total;
        if (!freeStays) {
            recomputeFree(agent);
        }
    }

    /** The agent has something else now. */
    void setTotal(Agent agent, Bundle total) {
        cluster.roles().countReservations(agent.total.resources(), -1);
        cluster.roles().countReservations(total.resources(), 1);
        cluster.pool()
                .changeCapacity(
                        agent.total.resources().scalars(), total.resources().scalars());
        agent.total = total;
        recomputeFree(agent);
    }

    private void takeFree(Agent agent, Bundle taken) {
        if (taken == agent.free && !taken.hasShared()) {
            setFree(agent, Bundle.EMPTY);
            return;
        }
        setFree(
                agent,
                cluster.bundle(agent.free.resources().minus(taken.resources().nonShared())));
    }

    private void giveBack(Agent agent, Bundle given) {
        if (agent.overcommitted) {
            recomputeFree(agent);
            return;
        }
        if (agent.free.isEmpty() && !given.hasShared()) {
            setFree(agent, given);
            return;
        }
        setFree(
                agent,
                cluster.bundle(agent.free.resources().plus(given.resources().nonShared())));
    }

    private void recomputeFree(Agent agent) {
        var all = agent.total.resources();
        var held = Resources.EMPTY;
        for (var each : agent.held.values()) {
            held = held.plus(each.offered.resources().nonShared())
                    .plus(each.used.resources().nonShared());
        }
        var exclusive = all.nonShared();
        agent.overcommitted = !exclusive.contains(held);
        var left = exclusive.minus(held).plus(all.shared());
        setFree(agent, left.equals(agent.free.resources()) ? agent.free : cluster.bundle(left));
    }

    void setFree(Agent agent, Bundle free) {
        cluster.pool().free().subtract(agent.free.plain());
        cluster.pool().free().add(free.plain());
        agent.free = free;
        cluster.noteFree(agent);
    }

    /** Adds to, or with a {@code sign} of -1 takes from, all that count what slots hold. */
    private void charge(Agent agent, Slot slot, Bundle bundle, int sign, boolean used) {
        var leaf = slot.leaf();
        add(slot.held(), bundle.charged(), sign);
        add(leaf.held(), bundle.charged(), sign);
        boolean plain = !bundle.plain().isZero();
        for (@Nullable RoleNode node = leaf.node(); node != null; node = node.above()) {
            add(node.held(), bundle.charged(), sign);
            if (plain) {
                add(node.quota().held(), bundle.plain(), sign);
                node.quota().refreshLimits();
                if (used) {
                    add(node.quota().used(), bundle.plain(), sign);
                }
            }
        }
        if (bundle.hasShared()) {
            chargeShared(agent, slot, bundle, sign);
        }
        if (plain) {
            cluster.roles().refreshGuarantees(leaf.node());
        }
        cluster.roles().moved(slot);
    }

    private static void add(Amounts to, Amounts what, int sign) {
        if (sign > 0) {
            to.add(what);
        } else {
            to.subtract(what);
        }
    }

    private void chargeShared(Agent agent, Slot slot, Bundle bundle, int sign) {
        for (var volume : bundle.resources().shared()) {
            chargeShared(agent, slot, volume, sign);
            chargeShared(agent, slot.leaf(), volume, sign);
            for (@Nullable RoleNode node = slot.leaf().node(); node != null; node = node.above()) {
                chargeShared(agent, node, volume, sign);
            }
        }
    }

    private void chargeShared(Agent agent, Claimant claimant, Resource volume, int sign) {
        if (sign > 0) {
            agent.sharedVolumes.hold(volume, claimant, cluster.names());
        } else {
            agent.sharedVolumes.release(volume, claimant, cluster.names());
        }
    }

    private static void countAllocation(Slot slot, int change) {
        slot.setAllocations(slot.allocations() + change);
        slot.leaf().setAllocations(slot.leaf().allocations() + change);
        for (@Nullable RoleNode node = slot.leaf().node(); node != null; node = node.above()) {
            node.setAllocations(node.allocations() + change);
        }
    }

    private static void noteSharedOffered(Agent agent, Bundle offer, long run) {
        if (offer.hasShared()) {
            agent.sharedOffered =
                    agent.sharedOffered(run).plus(offer.resources().shared());
            agent.sharedOfferedInRun = run;
        }
    }

    private static void noteOfferEnd(Agent agent, Held held) {
        if (held.offered.isEmpty()) {
            agent.outstandingOffers--;
        }
    }

    private Held heldBy(Agent agent, Slot slot) {
        var held = agent.held.get(slot);
        if (held == null) {
            held = new Held();
            agent.held.put(slot, held);
            slot.heldOnOneMore();
            slot.framework().agents.set(agent.index());
        }
        return held;
    }

    private static Held existing(Agent agent, Slot slot, Resources resources) {
        var held = agent.held.get(slot);
        if (held == null) {
            throw new IllegalArgumentException("framework " + slot.framework().id() + " holds nothing in role '"
                    + slot.role() + "' on agent " + agent.id() + ", so not " + resources);
        }
        return held;
    }

    private void forgetIfNothing(Agent agent, Slot slot, Held held) {
        if (held.isNothing()) {
            agent.held.remove(slot);
            slot.heldOnOneLess();
            var framework = slot.framework();
            if (framework.slots.values().stream().noneMatch(agent.held::containsKey)) {
                framework.agents.clear(agent.index());
            }
        }
    }

    /** Both together; either by reference if the other is empty. */
    public Bundle sum(Bundle left, Bundle right) {
        if (left.isEmpty()) {
            return right;
        }
        return right.isEmpty() ? left : cluster.bundle(left.resources().plus(right.resources()));
    }

    /** The bundle of {@code resources}, which are a part of {@code of}, or all of it. */
    private Bundle part(Bundle of, Resources resources) {
        return of.resources().equals(resources) ? of : cluster.bundle(resources);
    }

    private Bundle remaining(Agent agent, Slot slot, Bundle from, Resources resources) {
        if (!from.resources().contains(resources)) {
            throw new IllegalArgumentException(
                    "framework " + slot.framework().id() + " holds " + from.resources() + " in role '" + slot.role()
                            + "' on agent " + agent.id() + ", which does not contain " + resources);
        }
        return cluster.bundle(from.resources().minus(resources));
    }
}
