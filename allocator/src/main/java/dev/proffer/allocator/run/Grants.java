package dev.proffer.allocator.run;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Ledger;
import dev.proffer.allocator.books.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run gives away. Both stages may give to the same framework, role and agent: that becomes one offer. */
final class Grants {
    private record Grant(Agent agent, Slot slot, Bundle offer, Ledger.Before before) {}

    private record Receiver(Agent agent, Slot slot) {}

    private final Ledger ledger;
    private final long run;
    private final List<Grant> grants = new ArrayList<>();
    private int grantsOfFirstStage;

    Grants(Ledger ledger, long run) {
        this.ledger = ledger;
        this.run = run;
    }

    long run() {
        return run;
    }

    void grant(Agent agent, Slot slot, Bundle offer) {
        var before = ledger.offer(agent, slot, offer, run);
        grants.add(new Grant(agent, slot, offer, before));
    }

    /** Makes it as if nothing had been granted. */
    void takeBack() {
        for (var grant : grants.reversed()) {
            ledger.retract(grant.agent, grant.slot, grant.offer, grant.before);
        }
    }

    void endFirstStage() {
        grantsOfFirstStage = grants.size();
    }

    void addOffersTo(List<Allocation> allocations) {
        if (grantsOfFirstStage == 0 || grantsOfFirstStage == grants.size()) {
            grants.forEach(grant -> allocations.add(offer(grant)));
            return;
        }
        Map<Receiver, Grant> merged = new LinkedHashMap<>();
        for (var grant : grants) {
            merged.merge(
                    new Receiver(grant.agent, grant.slot),
                    grant,
                    (first, second) ->
                            new Grant(first.agent, first.slot, ledger.sum(first.offer, second.offer), first.before));
        }
        merged.values().forEach(grant -> allocations.add(offer(grant)));
    }

    private static Allocation.Offer offer(Grant grant) {
        return new Allocation.Offer(
                grant.slot.framework().id(), grant.slot.role(), grant.agent.id(), grant.offer.resources());
    }
}
