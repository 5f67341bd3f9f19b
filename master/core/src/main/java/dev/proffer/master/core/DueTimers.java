package dev.proffer.master.core;

import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.Optional;

/** What was put off until a moment that has come. */
final class DueTimers {
    /** How long a verdict waits, again and again, while this master may not act. */
    private static final Duration HELD_BACK = Duration.ofSeconds(5);

    /** Of the timers that one input may fire; about what takes 20 ms among 10,000 agents. */
    private static final int MOST_COST = 1_000;

    private static final int COST_OF_A_VERDICT = 50;

    private final Timers<Timer> timers;
    private final Authority authority;
    private final Rooms rooms;

    DueTimers(Timers<Timer> timers, Authority authority, Rooms rooms) {
        this.timers = timers;
        this.authority = authority;
        this.rooms = rooms;
    }

    /** Whether it would take something away for good, from whom another master may know better. */
    private static boolean isVerdict(Timer timer) {
        return switch (timer) {
            case Timer.FailoverTimeout _,
                    Timer.Teardown _,
                    Timer.RecoveredAgents _,
                    Timer.NextRemoval _,
                    Timer.NodeLost _,
                    Timer.ForgetLost _ -> true;
            case Timer.Heartbeat _,
                    Timer.Review _,
                    Timer.AgentPing _,
                    Timer.HandshakeTimeout _,
                    Timer.DrainDue _,
                    Timer.NodeAwaited _,
                    Timer.Relabelling _,
                    Timer.OldOffers _ -> false;
        };
    }

    /** Of many that are due at once, some are left for the next time, which is at once. */
    void fire(Moment now) {
        int cost = 0;
        for (var timer = timers.poll(now.nanos());
                timer.isPresent();
                timer = cost < MOST_COST ? timers.poll(now.nanos()) : Optional.empty()) {
            cost += cost(timer.get());
            if (isVerdict(timer.get()) && !authority.isActing()) {
                timers.set(timer.get(), now.deadline(HELD_BACK));
            } else {
                fire(now, timer.get());
            }
        }
    }

    private static int cost(Timer timer) {
        return switch (timer) {
            case Timer.Review _, Timer.Relabelling _, Timer.Teardown _ -> MOST_COST;
            default -> isVerdict(timer) ? COST_OF_A_VERDICT : 1;
        };
    }

    private void fire(Moment now, Timer timer) {
        switch (timer) {
            case Timer.Heartbeat(var framework) -> rooms.heartbeats.beat(now, framework);
            case Timer.Review _ -> rooms.withdrawals.proceed(now);
            case Timer.FailoverTimeout(var framework) -> rooms.removals.failoverTimedOut(now, framework);
            case Timer.Teardown _ -> rooms.teardowns.tearDown(now);
            case Timer.AgentPing(var agent) -> rooms.liveness.ping(now, agent);
            case Timer.HandshakeTimeout(var link) -> rooms.sessions.handshakeTimedOut(link);
            case Timer.RecoveredAgents _ -> rooms.recovery.giveUpTheRest(now);
            case Timer.NextRemoval _ -> rooms.givingUp.proceed(now);
            case Timer.DrainDue(var agent) -> rooms.drains.due(agent);
            case Timer.NodeLost(var agent) -> rooms.goneMarks.nodeLost(now, agent);
            case Timer.NodeAwaited(var agent) -> rooms.labelling.patienceIsOver(now, agent);
            case Timer.Relabelling _ -> rooms.labelling.proceed(now);
            case Timer.ForgetLost _ -> rooms.oblivion.forgetLost(now);
            case Timer.OldOffers _ -> rooms.hoarding.rescindOld(now);
        }
    }
}
