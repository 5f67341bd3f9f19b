package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import java.time.Duration;

/**
 * Pings agents, and gives up those that are silent. Silence is counted in pings, not read off the clock: a master that was
 * held up itself does not take all agents for lost. A disconnected agent misses its pings. A master that may not act gives up
 * nobody, for it may be the one that is cut off.
 */
public final class Liveness {
    private final Cluster cluster;
    private final GivingUp givingUp;
    private final Authority authority;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final Duration interval;
    private final int mostMissed;

    public Liveness(Desk desk, GivingUp givingUp, Duration interval, int mostMissed) {
        this.cluster = desk.cluster();
        this.givingUp = givingUp;
        this.authority = desk.authority();
        this.timers = desk.timers();
        this.outbox = desk.outbox();
        this.interval = interval;
        this.mostMissed = mostMissed;
    }

    void watch(Moment now, Agent agent) {
        timers.set(new Timer.AgentPing(agent.id()), now.deadline(interval));
    }

    /** The timer's work. */
    public void ping(Moment now, AgentId id) {
        var agent = cluster.agents().find(id).orElseThrow();
        if (agent.missed() >= mostMissed && authority.isActing()) {
            givingUp.giveUp(now, id);
            if (cluster.agents().find(id).isEmpty()) {
                return;
            }
        }
        outbox.send(
                agent,
                MasterFrame.newBuilder()
                        .setPing(Ping.newBuilder()
                                .setSequence(agent.nextPing(now))
                                .setDoubtful(authority.isDoubtful(now))));
        watch(now, agent);
    }
}
