package dev.proffer.master.core.maintenance;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Nodes;
import dev.proffer.master.core.offers.InverseOffering;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.model.Moment;
import java.util.Optional;

/** Whether an agent is offered, and when frameworks are told that its machine will not be there. */
public final class Availability {
    private final Nodes nodes;
    private final Books books;
    private final OfferReturns offerReturns;
    private final InverseOffering inverseOffering;

    public Availability(Desk desk, OfferReturns offerReturns, InverseOffering inverseOffering) {
        this.nodes = desk.cluster().nodes();
        this.books = desk.books();
        this.offerReturns = offerReturns;
        this.inverseOffering = inverseOffering;
    }

    /** Has what follows from the agent's link, its node and what people wish of it. */
    public void review(Moment now, Agent agent) {
        announce(now, agent, unavailability(agent));
        boolean open = mayBeOffered(agent);
        if (open && !agent.prospects().isOffered()) {
            books.activated(now, agent);
        } else if (!open && agent.prospects().isOffered()) {
            books.deactivated(now, agent);
            offerReturns.rescind(now, agent.offers());
        }
    }

    private boolean mayBeOffered(Agent agent) {
        return agent.link().isPresent()
                && agent.prospects().policy().admitsOffers()
                && nodes.of(agent.hostname()).admitsOffers()
                && !agent.prospects().isCondemned()
                && !agent.prospects().awaitsNode();
    }

    /** As in Mesos: offers that were made before do not say it, so they are rescinded. */
    private void announce(Moment now, Agent agent, Optional<Unavailability> unavailability) {
        if (!unavailability.equals(agent.prospects().unavailability())) {
            inverseOffering.rescind(now, agent);
            agent.prospects().unavailable(unavailability);
            books.unavailable(now, agent);
            offerReturns.rescind(now, agent.offers());
        }
    }

    private Optional<Unavailability> unavailability(Agent agent) {
        return agent.prospects()
                .policy()
                .maintenance()
                .or(() -> agent.prospects()
                        .policy()
                        .drain()
                        .flatMap(drain -> agent.prospects().draining().map(since -> end(drain, since))))
                .or(() -> nodes.unavailability(agent.hostname()));
    }

    private static Unavailability end(Drain drain, Draining draining) {
        return new Unavailability(draining.since().plus(drain.after()), Optional.empty());
    }
}
