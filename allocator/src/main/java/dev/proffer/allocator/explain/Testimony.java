package dev.proffer.allocator.explain;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.allocator.run.FairPart;
import dev.proffer.allocator.run.Obstacle;
import dev.proffer.allocator.run.Witness;
import dev.proffer.allocator.stages.Stage;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a rehearsal said of one slot: on which agents it was offered something, what kept it from others, who took them. */
final class Testimony implements Witness {
    private final Cluster cluster;
    private final Slot slot;
    private final Moment now;
    private final QuotaReasons quotaReasons;
    private final Precedence precedence;
    private final Set<Agent> offered = new HashSet<>();
    private final Map<Agent, List<Reason>> lastWord = new LinkedHashMap<>();
    private final Map<Agent, Slot> taker = new LinkedHashMap<>();

    Testimony(Cluster cluster, Slot slot, Moment now) {
        this.cluster = cluster;
        this.slot = slot;
        this.now = now;
        this.quotaReasons = new QuotaReasons(cluster);
        this.precedence = new Precedence(cluster, slot);
    }

    @Override
    public void offered(Agent agent, Slot to, Bundle offer) {
        if (to.equals(slot)) {
            offered.add(agent);
        } else {
            taker.putIfAbsent(agent, to);
        }
    }

    @Override
    public void passedOver(Agent agent, Slot passed, Obstacle obstacle, Bundle considered, Stage stage) {
        if (passed.equals(slot)) {
            lastWord.put(agent, List.copyOf(reasons(agent, obstacle, considered, stage)));
        }
    }

    private List<Reason> reasons(Agent agent, Obstacle obstacle, Bundle considered, Stage stage) {
        return switch (obstacle) {
            case REFUSED -> List.of(new Reason.Refused(refusedFor(agent, considered)));
            case CONSTRAINT ->
                slot.failedConstraint(agent).stream()
                        .<Reason>map(Reason.ConstraintFails::new)
                        .toList();
            case BELOW_MINIMUM -> List.of(new Reason.BelowMinimum(considered.resources()));
            case CAPABILITY -> List.of(new Reason.CapabilityMissing(Traits.describe(agent.obstacles(slot))));
            case OUTSTANDING -> List.of(new Reason.OfferOutstanding());
            case HOARDING ->
                List.of(new Reason.TooMuchOutstanding(
                        cluster.pool().dominantShare(slot.framework().outstanding()), FairPart.of(slot)));
            case QUOTA -> {
                var quota = quotaReasons.of(slot, considered, stage);
                yield quota.isEmpty() ? List.of(new Reason.BelowMinimum(considered.resources())) : quota;
            }
        };
    }

    private Duration refusedFor(Agent agent, Bundle refused) {
        long until = agent.filters().blockedUntil(slot.number(), refused.resources());
        return until <= now.nanos() ? Duration.ZERO : Duration.ofNanos(until - now.nanos());
    }

    /** On agents where the slot was not even asked, its role must have been at a limit by then. */
    @Override
    public void finished() {
        for (var agent : cluster.agents()) {
            if (!offered.contains(agent) && !lastWord.containsKey(agent) && !taker.containsKey(agent)) {
                boolean othersOnly =
                        agent.free().resources().allocatableTo(slot.role()).isEmpty();
                lastWord.put(
                        agent,
                        othersOnly ? List.of(new Reason.ReservedForOthers()) : quotaReasons.limits(slot, agent.free()));
            }
        }
    }

    /** Nothing if the agent would be offered. To be asked when the rehearsal has been taken back. */
    List<Reason> about(Agent agent) {
        if (offered.contains(agent)) {
            return List.of();
        }
        var word = lastWord.get(agent);
        return word != null ? word : List.of(precedence.of(Objects.requireNonNull(taker.get(agent))));
    }
}
