package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.AvailableConverted;
import dev.proffer.allocator.AllocatorInput.Committed;
import dev.proffer.allocator.AllocatorInput.Converted;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Recovered;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.allocator.filters.AgentFilters;
import dev.proffer.allocator.filters.FilterTerms;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to resources that are held: used, given back, refused, changed in nature. */
public final class ResourceBook {
    private final Cluster cluster;
    private final Ledger ledger;
    private final FrameworkBook frameworks;
    private final FilterTerms terms;

    public ResourceBook(Cluster cluster, Ledger ledger, FrameworkBook frameworks) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.frameworks = frameworks;
        this.terms = new FilterTerms(cluster.config());
    }

    /** Returns the agent if its free resources should be offered without waiting for the interval. */
    public Optional<Agent> recover(Moment now, Recovered input) {
        var holding = input.holding();
        var agent = cluster.agent(holding.agent());
        var slot = slotOf(holding.framework(), holding.role());
        if (agent == null || slot == null || holding.resources().isEmpty()) {
            return Optional.empty();
        }
        ledger.release(agent, slot, holding.resources(), input.origin());
        input.refusal().ifPresent(refusal -> refuse(now, agent, slot, holding, refusal));
        frameworks.review(slot);
        boolean offerEndedThatWasAwaited = tookAwaitedOfferEnd(agent, slot);
        return input.origin() == Origin.USED || offerEndedThatWasAwaited ? Optional.of(agent) : Optional.empty();
    }

    private void refuse(Moment now, Agent agent, Slot slot, Holding holding, Refusal refusal) {
        double seconds = terms.bounded(refusal);
        if (!cluster.config().mesosExact()) {
            seconds = slot.framework().habit.declined(now.nanos(), seconds, terms.intervalSeconds());
        }
        if (seconds > 0) {
            agent.filters().add(slot.number(), holding.resources(), terms.expiry(now, seconds), cluster.passes());
        } else if (!cluster.config().mesosExact()) {
            agent.filters().add(slot.number(), holding.resources(), AgentFilters.UNTIL_NEXT_PASS, cluster.passes());
        }
    }

    /** Returns the agent if its free resources should be offered without waiting for the interval. */
    public Optional<Agent> commit(Committed input) {
        var holding = input.holding();
        var agent = cluster.agent(holding.agent());
        var slot = slotOf(holding.framework(), holding.role());
        if (agent == null || slot == null || holding.resources().isEmpty()) {
            return Optional.empty();
        }
        ledger.commit(agent, slot, holding.resources());
        slot.framework().habit.accepted();
        slot.framework().recentLaunches.add(cluster.bundle(holding.resources()).charged());
        return tookAwaitedOfferEnd(agent, slot) ? Optional.of(agent) : Optional.empty();
    }

    private static boolean tookAwaitedOfferEnd(Agent agent, Slot slot) {
        var held = agent.held.get(slot);
        boolean ended = held == null || held.offered.isEmpty();
        if (!agent.offerEndAwaited || !ended) {
            return false;
        }
        agent.offerEndAwaited = false;
        return true;
    }

    public void convert(Converted input) {
        var agent = cluster.require(input.agent());
        var slot = slotOf(input.framework(), input.role());
        if (slot == null) {
            throw new IllegalArgumentException(
                    "framework " + input.framework() + " holds nothing in role '" + input.role() + "'");
        }
        ledger.convert(agent, slot, input.consumed(), input.converted());
        frameworks.review(slot);
    }

    public void convertAvailable(AvailableConverted input) {
        var agent = cluster.require(input.agent());
        if (!agent.free.resources().contains(input.consumed())) {
            throw new IllegalArgumentException("agent " + input.agent() + " has only " + agent.free.resources()
                    + " free, which does not contain " + input.consumed());
        }
        var total = agent.total.resources().minus(input.consumed()).plus(input.converted());
        ledger.setTotal(agent, cluster.bundle(total));
    }

    private @Nullable Slot slotOf(FrameworkId id, RolePath role) {
        var framework = cluster.framework(id);
        return framework == null ? null : framework.slot(role);
    }
}
