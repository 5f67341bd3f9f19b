package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Agents;
import dev.proffer.master.core.maintenance.Wishes;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.UpdateCapacity;
import dev.proffer.protocol.resources.InvalidResourceException;

/**
 * What registered agents can offer from now on. As in Mesos, all that is offered of such an agent is rescinded; its tasks
 * go on, also when they use more than it has by now.
 */
public final class CapacityChanges {
    private final Agents agents;
    private final Books books;
    private final OfferReturns offerReturns;
    private final Wishes wishes;
    private final Outbox outbox;

    public CapacityChanges(Desk desk, OfferReturns offerReturns, Wishes wishes) {
        this.agents = desk.cluster().agents();
        this.books = desk.books();
        this.offerReturns = offerReturns;
        this.wishes = wishes;
        this.outbox = desk.outbox();
    }

    public void change(Moment now, Agent agent, UpdateCapacity update) {
        Agent.Profile profile;
        try {
            profile = AgentProfiles.changed(agent.said(), update);
        } catch (InvalidResourceException e) {
            agent.link().ifPresent(link -> outbox.closeLink(link, "its new capacity is invalid: " + e.getMessage()));
            return;
        }
        boolean sameResources = profile.total().equals(agent.profile().total());
        agent.describe(profile);
        if (!sameResources) {
            offerReturns.rescind(now, agent.offers());
            agent.forgetUnusedReservations();
            books.changed(now, agent);
            agents.changed(agent);
        }
        wishes.review(now, agent);
    }
}
