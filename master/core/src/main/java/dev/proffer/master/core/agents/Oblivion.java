package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.AbsentAgents;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Forgets agents that were lost long ago, here and in the registry: Mesos' {@code --registry_max_agent_age}. */
public final class Oblivion {
    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private final AbsentAgents absent;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final Duration maxAge;

    public Oblivion(Desk desk, Duration maxAge) {
        this.absent = desk.cluster().agents().absent();
        this.timers = desk.timers();
        this.outbox = desk.outbox();
        this.maxAge = maxAge;
    }

    void watch(Moment now) {
        timers.set(new Timer.ForgetLost(), now.deadline(INTERVAL));
    }

    /** The timer's work. */
    public void forgetLost(Moment now) {
        forget(now, absent.unreachable());
        forget(now, absent.gone());
        watch(now);
    }

    private void forget(Moment now, Collection<RegisteredAgent> agents) {
        for (var agent : List.copyOf(agents)) {
            if (agent.since().plus(maxAge).isBefore(now.wall())) {
                absent.remove(agent.id());
                outbox.forget(agent.id());
            }
        }
    }
}
