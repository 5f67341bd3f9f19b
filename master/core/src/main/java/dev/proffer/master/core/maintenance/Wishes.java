package dev.proffer.master.core.maintenance;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;

/** Takes note of what people wish of agents, on their objects or on their nodes, and has what follows. */
public final class Wishes {
    private final Cluster cluster;
    private final Availability availability;
    private final Drains drains;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final Duration nodeLostTimeout;

    public Wishes(Desk desk, Availability availability, Drains drains, Duration nodeLostTimeout) {
        this.cluster = desk.cluster();
        this.availability = availability;
        this.drains = drains;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
        this.nodeLostTimeout = nodeLostTimeout;
    }

    /** Agents that nobody knows are passed over. */
    public void change(Moment now, AgentId id, AgentPolicy policy) {
        cluster.agents().absent().change(id, policy);
        cluster.agents()
                .find(id)
                .filter(agent -> !agent.prospects().policy().equals(policy))
                .ifPresent(agent -> {
                    agent.prospects().wish(policy);
                    review(now, agent);
                });
    }

    public void change(Moment now, String node, NodeState state) {
        cluster.nodes().change(node, state, now.wall());
        for (var id : cluster.agents().onNode(node)) {
            watchDeleted(now, id, state);
            cluster.agents().find(id).ifPresent(agent -> review(now, agent));
        }
    }

    /** After a registration or a change of wishes. */
    public void review(Moment now, Agent agent) {
        drains.review(now, agent);
        availability.review(now, agent);
        watchDeleted(now, agent.id(), cluster.nodes().of(agent.hostname()));
        outbox.store(cluster.recordOf(agent));
    }

    private void watchDeleted(Moment now, AgentId id, NodeState node) {
        var timer = new Timer.NodeLost(id);
        if (!node.deleted()) {
            timers.cancel(timer);
        } else if (!timers.isSet(timer)) {
            timers.set(timer, now.deadline(nodeLostTimeout));
        }
    }
}
