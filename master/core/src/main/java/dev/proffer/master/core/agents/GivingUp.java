package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.registry.RemovalRate;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Gives agents up as unreachable, no faster than the removal rate allows, so that a fault of the network does not empty the
 * cluster. Whoever gives a sign of life while it waits stays.
 */
public final class GivingUp {
    private final LinkedHashSet<AgentId> waiting = new LinkedHashSet<>();
    private final Cluster cluster;
    private final Departures departures;
    private final Timers<Timer> timers;
    private final Duration pause;
    private final int mostMissed;
    private long freeFrom = Long.MIN_VALUE;

    /** @param mostMissed a registered agent that missed fewer pings in a row stays */
    public GivingUp(Desk desk, Departures departures, Optional<RemovalRate> rate, int mostMissed) {
        this.cluster = desk.cluster();
        this.departures = departures;
        this.timers = desk.timers();
        this.pause = rate.map(RemovalRate::pause).orElse(Duration.ZERO);
        this.mostMissed = mostMissed;
    }

    /** The agent is given up now or when its turn comes. */
    void giveUp(Moment now, AgentId agent) {
        waiting.add(agent);
        proceed(now);
    }

    /** The timer's work. */
    public void proceed(Moment now) {
        while (!waiting.isEmpty() && now.reached(freeFrom)) {
            if (depart(now, waiting.removeFirst())) {
                freeFrom = now.deadline(pause);
            }
        }
        if (!waiting.isEmpty()) {
            timers.set(new Timer.NextRemoval(), freeFrom);
        }
    }

    private boolean depart(Moment now, AgentId id) {
        var absent = cluster.agents().absent();
        if (absent.isRecovered(id)) {
            departures.unreachable(now, absent.find(id).orElseThrow());
            return true;
        }
        var silent = cluster.agents().find(id).filter(agent -> agent.unanswered() >= mostMissed);
        silent.ifPresent(agent -> departures.unreachable(now, agent));
        return silent.isPresent();
    }
}
