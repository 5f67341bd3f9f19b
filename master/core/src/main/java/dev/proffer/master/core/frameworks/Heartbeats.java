package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;

/** Sends each stream a HEARTBEAT at once and then at the interval, whatever else is sent. */
public final class Heartbeats {
    private final Cluster cluster;
    private final Timers<Timer> timers;
    private final Outbox outbox;
    private final Duration interval;

    public Heartbeats(Desk desk, Duration interval) {
        this.cluster = desk.cluster();
        this.timers = desk.timers();
        this.outbox = desk.outbox();
        this.interval = interval;
    }

    Duration interval() {
        return interval;
    }

    void start(Moment now, Framework framework) {
        outbox.send(framework, Events.heartbeat());
        timers.set(new Timer.Heartbeat(framework.id()), now.deadline(interval));
    }

    void stop(Framework framework) {
        timers.cancel(new Timer.Heartbeat(framework.id()));
    }

    /** The timer's work. */
    public void beat(Moment now, FrameworkId framework) {
        start(now, cluster.frameworks().find(framework).orElseThrow());
    }
}
