package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.maintenance.Availability;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Describes the agents of pools by what their nodes are labelled with: the attributes that the pool names, and the fault
 * domain. What an agent says of itself wins. Of a node that is not heard of, what the registry recorded holds; if that says
 * nothing either, the agent is not offered for a little while, and then as it describes itself.
 */
public final class Labelling {
    /** Nodes are read within seconds; where they cannot be read at all, new agents are held up no longer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Each may have offers rescinded, and be written. */
    private static final int MOST_AT_ONCE = 250;

    private final Cluster cluster;
    private final PolicyInForce policy;
    private final Books books;
    private final Availability availability;
    private final OfferReturns offerReturns;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final LinkedHashSet<AgentId> unreviewed = new LinkedHashSet<>();

    public Labelling(Desk desk, Availability availability, OfferReturns offerReturns) {
        this.cluster = desk.cluster();
        this.policy = desk.policy();
        this.books = desk.books();
        this.availability = availability;
        this.offerReturns = offerReturns;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** What the registry says of agents of pools says something of their nodes. */
    public void recall(List<RegisteredAgent> recorded) {
        recorded.stream()
                .filter(agent -> agent.pool().filter(name -> !name.isEmpty()).isPresent())
                .forEach(agent -> cluster.nodes().recall(agent.hostname(), NodeLabels.recorded(agent.info())));
    }

    public void change(Moment now, String node, NodeLabels labels) {
        cluster.nodes().label(node, labels);
        cluster.agents().registeredOn(node).forEach(agent -> review(now, agent));
    }

    /** Other labels may count from now on: all agents are to be looked at again, some now, the rest in turns of their own. */
    public void poolsChanged(Moment now) {
        cluster.agents().all().forEach(agent -> unreviewed.add(agent.id()));
        proceed(now);
    }

    /** The timer's work. */
    public void proceed(Moment now) {
        for (int looked = 0; looked < MOST_AT_ONCE && !unreviewed.isEmpty(); looked++) {
            cluster.agents().find(unreviewed.removeFirst()).ifPresent(agent -> review(now, agent));
        }
        if (!unreviewed.isEmpty()) {
            timers.set(new Timer.Relabelling(), now.nanos());
        }
    }

    private void review(Moment now, Agent agent) {
        if (describe(now, agent)) {
            offerReturns.rescind(now, agent.offers());
            books.changed(now, agent);
            cluster.agents().changed(agent);
            outbox.store(cluster.recordOf(agent));
        }
        availability.review(now, agent);
    }

    /** The agent registers. Nobody has been told of it yet. Returns whether its node makes a difference. */
    boolean describe(Moment now, Agent agent) {
        var profile = agent.profile();
        var labels = cluster.nodes().labels(agent.hostname());
        wait(now, agent, profile.isOfPool() && labels.isEmpty());
        if (!profile.isOfPool() || labels.isEmpty()) {
            return false;
        }
        var wanted = policy.get().pools().labelsOf(profile.pool());
        return agent.describe(labels.get().attributes(wanted), labels.get().domain());
    }

    /** From the first time on, and once only: an agent that dials again and again must not wait for ever. */
    private void wait(Moment now, Agent agent, boolean nodeUnknown) {
        var timer = new Timer.NodeAwaited(agent.id());
        if (!nodeUnknown) {
            timers.cancel(timer);
            agent.prospects().awaitNode(false);
        } else if (!agent.prospects().hasAwaitedNode()) {
            timers.set(timer, now.deadline(PATIENCE));
            agent.prospects().awaitNode(true);
        }
    }

    /** The timer's work. */
    public void patienceIsOver(Moment now, AgentId id) {
        cluster.agents().find(id).ifPresent(agent -> {
            agent.prospects().awaitNode(false);
            availability.review(now, agent);
        });
    }
}
