package dev.proffer.master.core.offers;

import dev.proffer.allocator.Allocation;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Turns what the allocator gives away into offers: one event for each framework and run. */
public final class Offering {
    private final Cluster cluster;
    private final Books books;
    private final InverseOffering inverseOffering;
    private final Hoarding hoarding;
    private final Outbox outbox;

    public Offering(Desk desk, InverseOffering inverseOffering, Hoarding hoarding) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.inverseOffering = inverseOffering;
        this.hoarding = hoarding;
        this.outbox = desk.outbox();
    }

    /** When to look again, in monotonic nanoseconds. */
    public long nextDue() {
        return books.nextDue();
    }

    public void offerIfDue(Moment now) {
        if (now.reached(books.nextDue())) {
            offer(now);
        }
    }

    private void offer(Moment now) {
        var messages = new LinkedHashMap<Framework, List<Offer>>();
        var questions = new LinkedHashMap<Framework, List<InverseOffer>>();
        for (var allocation : books.allocate(now)) {
            switch (allocation) {
                case Allocation.Offer offer -> {
                    var framework = cluster.frameworks().find(offer.framework()).orElseThrow();
                    messages.computeIfAbsent(framework, _ -> new ArrayList<>()).add(make(now, offer, framework));
                }
                case Allocation.InverseOffer inverse -> {
                    var framework =
                            cluster.frameworks().find(inverse.framework()).orElseThrow();
                    questions
                            .computeIfAbsent(framework, _ -> new ArrayList<>())
                            .add(inverseOffering.make(inverse, framework));
                }
            }
        }
        messages.forEach((framework, offers) -> outbox.send(framework, Events.offers(offers)));
        questions.forEach((framework, offers) -> outbox.send(framework, Events.inverseOffers(offers)));
        hoarding.watch(now);
    }

    private Offer make(Moment now, Allocation.Offer allocation, Framework framework) {
        var agent = cluster.agents().find(allocation.agent()).orElseThrow();
        if (!framework.isConnected() || agent.link().isEmpty()) {
            throw new IllegalStateException("the allocator offers agent " + agent.id() + " to framework "
                    + framework.id() + ", but one of them is not connected");
        }
        var offer = new OfferSnapshot(
                cluster.offers().nextId(), framework.id(), allocation.role(), agent.id(), allocation.resources(), now);
        cluster.offers().add(offer);
        cluster.counters().count(Counter.OFFERS_MADE);
        return OfferMessages.message(offer, framework, agent);
    }
}
