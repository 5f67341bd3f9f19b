package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.tasks.TaskLosses;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.master.core.timers.Timers;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;

/**
 * How agents leave: disconnected (no offers; its tasks run on, for they are all checkpointed), unreachable (silent for too
 * long, may return) or gone.
 */
public final class Departures {
    private final Cluster cluster;
    private final Books books;
    private final OfferReturns offerReturns;
    private final TaskLosses taskLosses;
    private final Timers timers;
    private final Outbox outbox;

    public Departures(Desk desk, OfferReturns offerReturns, TaskLosses taskLosses) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.offerReturns = offerReturns;
        this.taskLosses = taskLosses;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** Its link is gone. */
    void disconnect(Moment now, Agent agent) {
        cluster.agents().disconnect(agent);
        books.deactivated(now, agent);
        offerReturns.rescind(now, agent.offers());
    }

    /** It has dialled again, so the link that it had is dead, whether or not that shows. */
    void hangUp(Moment now, Agent agent) {
        agent.link().ifPresent(link -> {
            outbox.closeLink(link, "the agent dialled again");
            disconnect(now, agent);
        });
    }

    void unreachable(Moment now, Agent agent) {
        agent.link().ifPresent(link -> outbox.closeLink(link, "no sign of the agent for too long"));
        offerReturns.rescind(now, agent.offers());
        taskLosses.agentUnreachable(now, agent);
        books.removed(now, agent);
        cluster.agents().leave(agent, Standing.UNREACHABLE, now.wall());
        cluster.counters().count(Counter.AGENTS_UNREACHABLE);
        farewell(agent.id());
    }

    /** An agent that this master never saw. */
    void unreachable(Moment now, RegisteredAgent agent) {
        cluster.agents().absent().add(agent.with(Standing.UNREACHABLE, now.wall()));
        cluster.counters().count(Counter.AGENTS_UNREACHABLE);
        farewell(agent.id());
    }

    /** It will not come back, nor will its tasks. */
    public void gone(Moment now, Agent agent, String cause) {
        agent.link().ifPresent(link -> outbox.closeLink(link, cause));
        offerReturns.rescind(now, agent.offers());
        taskLosses.agentGone(now, agent, cause);
        books.removed(now, agent);
        cluster.agents().remove(agent);
        cluster.counters().count(Counter.AGENTS_UNREGISTERED);
        farewell(agent.id());
    }

    /** As in Mesos, all frameworks are told, whether or not they used the agent. */
    private void farewell(AgentId agent) {
        timers.cancel(new Timer.AgentPing(agent));
        var event = Events.failure(agent);
        cluster.frameworks().all().forEach(framework -> outbox.send(framework, event));
    }
}
