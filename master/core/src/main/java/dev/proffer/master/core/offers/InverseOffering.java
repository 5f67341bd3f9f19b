package dev.proffer.master.core.offers;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.InverseOfferAnswer;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.model.Moment;
import dev.proffer.model.OfferId;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Asks frameworks to leave agents whose machines will not be there, and takes note of what they say. As in Mesos, an answer
 * binds nobody; the next question comes when its filter is over.
 */
public final class InverseOffering {
    private final Cluster cluster;
    private final Books books;
    private final Outbox outbox;

    public InverseOffering(Desk desk) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.outbox = desk.outbox();
    }

    InverseOffer make(Allocation.InverseOffer allocation, Framework framework) {
        var agent = cluster.agents().find(allocation.agent()).orElseThrow();
        if (!framework.isConnected()) {
            throw new IllegalStateException("the allocator asks framework " + framework.id() + " for agent "
                    + agent.id() + ", but it is not connected");
        }
        var offer = new InverseOfferSnapshot(
                cluster.offers().nextId(), framework.id(), agent.id(), allocation.unavailability());
        cluster.inverseOffers().add(offer);
        cluster.counters().count(Counter.INVERSE_OFFERS_MADE);
        return OfferMessages.message(offer, agent);
    }

    public void accept(Moment now, Framework framework, Call.AcceptInverseOffers call) {
        answer(now, framework, call.getInverseOfferIdsList(), /* accepted= */ true, call.getFilters());
    }

    public void decline(Moment now, Framework framework, Call.DeclineInverseOffers call) {
        answer(now, framework, call.getInverseOfferIdsList(), /* accepted= */ false, call.getFilters());
    }

    /** Offers that are gone, or are not the framework's own, are passed over. */
    private void answer(Moment now, Framework framework, List<OfferID> ids, boolean accepted, Filters filters) {
        var named = ids.stream().map(id -> new OfferId(id.getValue())).toList();
        for (var offer : cluster.inverseOffers().find(named)) {
            if (offer.framework().equals(framework.id())) {
                close(now, offer, Optional.of(accepted), Optional.of(new Refusal(filters.getRefuseSeconds())));
                cluster.agents()
                        .find(offer.agent())
                        .ifPresent(agent -> agent.prospects()
                                .answered(new InverseOfferAnswer(framework.id(), accepted, now.wall())));
                cluster.counters().count(accepted ? Counter.INVERSE_OFFERS_ACCEPTED : Counter.INVERSE_OFFERS_DECLINED);
            }
        }
    }

    /** What is asked of frameworks there has changed, or the agent goes. */
    public void rescind(Moment now, Agent agent) {
        for (var offer : List.copyOf(agent.prospects().inverseOffers())) {
            close(now, offer, Optional.empty(), Optional.empty());
            cluster.counters().count(Counter.INVERSE_OFFERS_RESCINDED);
            cluster.frameworks()
                    .find(offer.framework())
                    .ifPresent(framework -> outbox.send(framework, Events.rescindInverse(offer.id())));
        }
    }

    /** The framework is not told: it knows, or cannot be told. */
    void discard(Moment now, Collection<InverseOfferSnapshot> offers) {
        List.copyOf(offers).forEach(offer -> close(now, offer, Optional.empty(), Optional.empty()));
    }

    private void close(Moment now, InverseOfferSnapshot offer, Optional<Boolean> accepted, Optional<Refusal> refusal) {
        cluster.inverseOffers().remove(offer);
        books.closed(now, offer, accepted, refusal);
    }
}
