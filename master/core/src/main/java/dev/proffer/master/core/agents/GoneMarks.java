package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.maintenance.Availability;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;

/**
 * Declares agents gone for good. That is stored before it is acted on: an agent that one master expelled must not be let in
 * by the next.
 */
public final class GoneMarks {
    private final Cluster cluster;
    private final Departures departures;
    private final Availability availability;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final Duration nodeLostTimeout;

    public GoneMarks(Desk desk, Departures departures, Availability availability, Duration nodeLostTimeout) {
        this.cluster = desk.cluster();
        this.departures = departures;
        this.availability = availability;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
        this.nodeLostTimeout = nodeLostTimeout;
    }

    /** Has it stored; until that is confirmed the agent only gets no more offers. */
    public void mark(Moment now, AgentId id) {
        cluster.agents().find(id).ifPresent(agent -> {
            agent.prospects().condemn();
            availability.review(now, agent);
            outbox.store(cluster.recordOf(agent).with(Standing.GONE, now.wall()));
        });
        cluster.agents()
                .absent()
                .find(id)
                .filter(agent -> agent.standing() != Standing.GONE)
                .ifPresent(agent -> outbox.store(agent.with(Standing.GONE, now.wall())));
    }

    /** The mark is stored. */
    public void confirmed(Moment now, AgentId id) {
        cluster.agents().find(id).ifPresent(agent -> departures.expel(now, agent));
        cluster.agents()
                .absent()
                .find(id)
                .filter(agent -> agent.standing() != Standing.GONE)
                .ifPresent(agent -> departures.writeOff(now, agent));
    }

    /**
     * The timer's work: the agent's node was deleted a while ago. An agent that has a link runs somewhere, so that its tasks
     * are spared.
     */
    public void nodeLost(Moment now, AgentId id) {
        boolean linked = cluster.agents().find(id).flatMap(Agent::link).isPresent();
        if (linked) {
            timers.set(new Timer.NodeLost(id), now.deadline(nodeLostTimeout));
        } else {
            mark(now, id);
        }
    }
}
