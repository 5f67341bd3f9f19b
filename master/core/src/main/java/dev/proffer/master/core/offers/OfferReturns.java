package dev.proffer.master.core.offers;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Moment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Takes offers out of the world without their being used. */
public final class OfferReturns {
    private final Cluster cluster;
    private final Books books;
    private final InverseOffering inverseOffering;
    private final Outbox outbox;

    public OfferReturns(Desk desk, InverseOffering inverseOffering) {
        this.inverseOffering = inverseOffering;
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.outbox = desk.outbox();
    }

    /** The framework does not want them now. */
    void decline(Moment now, OfferSnapshot offer, Refusal refusal) {
        withdraw(now, offer, Optional.of(refusal));
        cluster.counters().count(Counter.OFFERS_DECLINED);
    }

    /** All that is asked of and offered to the framework, which is not told: it knows, or cannot be told. */
    public void discardAll(Moment now, Framework framework) {
        discard(now, framework.offers());
        inverseOffering.discard(now, framework.inverseOffers());
    }

    /** All that is offered and asked of the agent: it goes. */
    public void rescindAll(Moment now, Agent agent) {
        rescind(now, agent.offers());
        inverseOffering.rescind(now, agent);
    }

    /** The framework is not told: it knows, or cannot be told. */
    public void discard(Moment now, Collection<OfferSnapshot> offers) {
        List.copyOf(offers).forEach(offer -> withdraw(now, offer, Optional.empty()));
    }

    /** Tells the frameworks to forget these offers. */
    public void rescind(Moment now, Collection<OfferSnapshot> offers) {
        List.copyOf(offers).forEach(offer -> rescind(now, offer, Optional.empty()));
    }

    void rescind(Moment now, OfferSnapshot offer, Optional<Refusal> refusal) {
        withdraw(now, offer, refusal);
        cluster.counters().count(Counter.OFFERS_RESCINDED);
        cluster.frameworks()
                .find(offer.framework())
                .ifPresent(framework -> outbox.send(framework, Events.rescind(offer.id())));
    }

    private void withdraw(Moment now, OfferSnapshot offer, Optional<Refusal> refusal) {
        cluster.offers().remove(offer);
        books.returned(now, offer, refusal);
    }
}
