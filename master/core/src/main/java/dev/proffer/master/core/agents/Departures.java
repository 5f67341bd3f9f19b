package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.maintenance.Availability;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.tasks.TaskLosses;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.v1.AgentInfo;

/**
 * How agents leave: disconnected (no offers; its tasks run on, for they are all checkpointed), unreachable (silent for too
 * long, may return) or gone.
 */
public final class Departures {
    private final Cluster cluster;
    private final Books books;
    private final Availability availability;
    private final OfferReturns offerReturns;
    private final TaskLosses taskLosses;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Departures(Desk desk, Availability availability, OfferReturns offerReturns, TaskLosses taskLosses) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.availability = availability;
        this.offerReturns = offerReturns;
        this.taskLosses = taskLosses;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** Its link is gone. */
    void disconnect(Moment now, Agent agent) {
        cluster.agents().disconnect(agent);
        availability.review(now, agent);
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
        offerReturns.rescindAll(now, agent);
        taskLosses.agentUnreachable(now, agent);
        books.removed(now, agent);
        leave(agent, Standing.UNREACHABLE, now);
        cluster.counters().count(Counter.AGENTS_UNREACHABLE);
        farewell(agent.id());
    }

    /** An agent that this master never saw. */
    void unreachable(Moment now, RegisteredAgent agent) {
        keep(agent.with(Standing.UNREACHABLE, now.wall()));
        cluster.counters().count(Counter.AGENTS_UNREACHABLE);
        farewell(agent.id());
    }

    /** Its program has ended, and its tasks with it. */
    public void gone(Moment now, Agent agent, String cause) {
        agent.link().ifPresent(link -> outbox.closeLink(link, cause));
        offerReturns.rescindAll(now, agent);
        taskLosses.agentGone(now, agent, cause);
        books.removed(now, agent);
        cluster.agents().remove(agent);
        outbox.forget(agent.id());
        cluster.counters().count(Counter.AGENTS_UNREGISTERED);
        farewell(agent.id());
    }

    /** A new agent took the place of those that were on the same machine and port. */
    void forgetAbsent(AgentInfo successor) {
        var absent = cluster.agents().absent();
        for (var agent : absent.onNode(successor.getHostname())) {
            if (agent.info().getPort() == successor.getPort()) {
                absent.remove(agent.id());
                outbox.forget(agent.id());
                cancelTimers(agent.id());
            }
        }
    }

    /** It was declared gone: it will never be let in again. */
    void expel(Moment now, Agent agent) {
        agent.link().ifPresent(link -> {
            var reason = "agent " + agent.id() + " was declared gone";
            outbox.send(
                    link,
                    MasterFrame.newBuilder()
                            .setRefused(Refused.newBuilder().setReason(reason).setPermanent(true)));
            outbox.closeLink(link, reason);
        });
        offerReturns.rescindAll(now, agent);
        taskLosses.agentExpelled(now, agent);
        books.removed(now, agent);
        leave(agent, Standing.GONE, now);
        cluster.counters().count(Counter.AGENTS_GONE);
        farewell(agent.id());
    }

    /** An absent agent was declared gone. Nobody is told of a failure: of an unreachable one all were told before. */
    void writeOff(Moment now, RegisteredAgent agent) {
        keep(agent.with(Standing.GONE, now.wall()));
        taskLosses.agentWrittenOff(now, agent.id());
        cluster.counters().count(Counter.AGENTS_GONE);
        cancelTimers(agent.id());
    }

    private void leave(Agent agent, Standing standing, Moment now) {
        var known = cluster.recordOf(agent).with(standing, now.wall());
        cluster.agents().remove(agent);
        keep(known);
    }

    private void keep(RegisteredAgent agent) {
        cluster.agents().absent().add(agent);
        outbox.store(agent);
    }

    /** As in Mesos, all frameworks are told, whether or not they used the agent. */
    private void farewell(AgentId agent) {
        cancelTimers(agent);
        var event = Events.failure(agent);
        cluster.frameworks().all().forEach(framework -> outbox.send(framework, event));
    }

    /** That its node was deleted matters to an unreachable agent as well. */
    private void cancelTimers(AgentId agent) {
        timers.cancel(new Timer.AgentPing(agent));
        timers.cancel(new Timer.DrainDue(agent));
        timers.cancel(new Timer.NodeAwaited(agent));
        boolean mayReturn = cluster.agents()
                .absent()
                .find(agent)
                .filter(known -> known.standing() != Standing.GONE)
                .isPresent();
        if (!mayReturn) {
            timers.cancel(new Timer.NodeLost(agent));
        }
    }
}
