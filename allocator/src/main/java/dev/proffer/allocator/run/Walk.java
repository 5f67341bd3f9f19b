package dev.proffer.allocator.run;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.allocator.order.LotOrder;
import dev.proffer.allocator.stages.Stage;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the roles and their frameworks in order, on one agent, and offers them what a stage lets them have, until
 * nothing is left. An order is settled when a role is entered; what is given away counts from the next agent on.
 */
final class Walk {
    private final Cluster cluster;
    private final Grants grants;
    private final Witness witness;
    private boolean concernedAny;
    private boolean hoardersToo;
    private boolean passedOverHoarder;

    Walk(Cluster cluster, Grants grants, Witness witness) {
        this.cluster = cluster;
        this.grants = grants;
        this.witness = witness;
    }

    /**
     * First among those who do not sit on more outstanding offers than their fair part; what nobody of them takes, among
     * all. Returns whether any role could have been served, by what the stage says.
     */
    boolean over(Agent agent, Stage stage) {
        concernedAny = false;
        passedOverHoarder = false;
        hoardersToo = !stage.isFairShare() || cluster.config().mesosExact();
        boolean left = enter(cluster.roles().root(), agent, stage);
        if (left && passedOverHoarder) {
            hoardersToo = true;
            enter(cluster.roles().root(), agent, stage);
        }
        return concernedAny;
    }

    /** Returns whether anything is left of the agent. */
    private boolean enter(RoleNode node, Agent agent, Stage stage) {
        var entries = node.entries();
        if (entries.order() instanceof LotOrder lots) {
            return enterByLot(node, lots, agent, stage);
        }
        entries.look(cluster.pool());
        for (int i = 0; i < entries.size(); i++) {
            boolean left = switch (entries.at(i)) {
                case RoleNode child -> !stage.concerns(child, agent) || enter(child, agent, stage);
                case RoleLeaf leaf -> enter(leaf, agent, stage);
                default -> throw new IllegalStateException("a role has no such entry");
            };
            if (!left) {
                return false;
            }
        }
        return true;
    }

    private boolean enterByLot(RoleNode node, LotOrder lots, Agent agent, Stage stage) {
        for (var leaf : Lottery.draw(node, lots)) {
            if (!enter(leaf, agent, stage)) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(RoleLeaf leaf, Agent agent, Stage stage) {
        concernedAny = true;
        var visible = visible(agent, leaf);
        if (visible.isEmpty() || !stage.turnTo(leaf)) {
            return true;
        }
        var slots = leaf.slots();
        slots.look(cluster.pool());
        for (int i = 0; i < slots.size(); i++) {
            if (tryOffer(agent, slots.at(i), visible, stage)) {
                if (agent.free().isEmpty()) {
                    return false;
                }
                visible = visible(agent, leaf);
                if (visible.isEmpty() || !stage.turnTo(leaf)) {
                    return true;
                }
            }
        }
        return true;
    }

    /** What is free and not reserved for others; shared volumes only once in a run. */
    private Bundle visible(Agent agent, RoleLeaf leaf) {
        var free = agent.free();
        if (!free.hasReserved() && !free.hasShared()) {
            return free;
        }
        var role = leaf.role();
        var visible = free.resources().filter(resource -> resource.isAllocatableTo(role));
        if (free.hasShared()) {
            visible = visible.minus(agent.sharedOffered(grants.run()));
        }
        boolean all = visible.asList().size() == free.resources().asList().size();
        return all ? free : cluster.bundle(visible);
    }

    private boolean tryOffer(Agent agent, Slot slot, Bundle visible, Stage stage) {
        var considered = visible;
        var obstacle = obstacleToSeeing(agent, slot, visible);
        if (obstacle == null) {
            var offer = stage.portion(understood(slot, visible));
            obstacle = obstacleToOffering(agent, slot, offer);
            if (obstacle == null) {
                grants.grant(agent, slot, offer);
                witness.offered(agent, slot, offer);
                return true;
            }
            considered = obstacle == Obstacle.REFUSED ? offer : visible;
        }
        witness.passedOver(agent, slot, obstacle, considered, stage);
        return false;
    }

    private static @Nullable Obstacle obstacleToSeeing(Agent agent, Slot slot, Bundle visible) {
        if (agent.filters().blocksAll(slot.number())) {
            return Obstacle.REFUSED;
        }
        if (!slot.wants(agent)) {
            return Obstacle.CONSTRAINT;
        }
        if (!slot.minAllocatable().admits(visible.counted())) {
            return Obstacle.BELOW_MINIMUM;
        }
        return agent.obstacles(slot) != 0 ? Obstacle.CAPABILITY : null;
    }

    private @Nullable Obstacle obstacleToOffering(Agent agent, Slot slot, Bundle offer) {
        if (offer.isEmpty()) {
            return Obstacle.QUOTA;
        }
        if (!slot.minAllocatable().admits(offer.counted())) {
            return Obstacle.QUOTA;
        }
        if (agent.filters().blocks(slot.number(), offer.resources())) {
            return Obstacle.REFUSED;
        }
        if (!cluster.config().mesosExact() && agent.hasOutstandingOffer(slot, grants.run())) {
            agent.awaitOfferEnd();
            return Obstacle.OUTSTANDING;
        }
        if (!hoardersToo && FairPart.isExceeded(slot, cluster.pool())) {
            passedOverHoarder = true;
            return Obstacle.HOARDING;
        }
        return null;
    }

    /** Without what the framework says it does not understand. */
    private Bundle understood(Slot slot, Bundle visible) {
        boolean all = (!visible.hasRevocable() || slot.has(Traits.REVOCABLE_RESOURCES))
                && (!visible.hasShared() || slot.has(Traits.SHARED_RESOURCES))
                && (!visible.hasRefined() || slot.has(Traits.RESERVATION_REFINEMENT));
        if (all) {
            return visible;
        }
        Resources understood = visible.resources().filter(resource -> understands(slot, resource));
        return cluster.bundle(understood);
    }

    private static boolean understands(Slot slot, Resource resource) {
        return (!resource.revocable() || slot.has(Traits.REVOCABLE_RESOURCES))
                && (!resource.shared() || slot.has(Traits.SHARED_RESOURCES))
                && (!resource.isRefined() || slot.has(Traits.RESERVATION_REFINEMENT));
    }
}
