package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.tasks.TaskLosses;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ShutDownFramework;

/** Removes frameworks, torn down or not come back in time: their tasks are shut down, and their ids are refused. */
public final class Removals {
    private final Cluster cluster;
    private final Books books;
    private final OfferReturns offerReturns;
    private final TaskLosses taskLosses;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Removals(Desk desk, OfferReturns offerReturns, TaskLosses taskLosses) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.offerReturns = offerReturns;
        this.taskLosses = taskLosses;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** The timer's work: the framework is disconnected and time is up. */
    public void failoverTimedOut(Moment now, FrameworkId framework) {
        remove(now, cluster.frameworks().find(framework).orElseThrow());
    }

    public void remove(Moment now, Framework framework) {
        framework.stream().ifPresent(outbox::closeStream);
        timers.cancel(new Timer.Heartbeat(framework.id()));
        timers.cancel(new Timer.FailoverTimeout(framework.id()));
        offerReturns.discardAll(now, framework);
        shutDown(framework);
        taskLosses.frameworkRemoved(now, framework);
        books.removed(now, framework);
        cluster.agents().all().forEach(agent -> agent.prospects().forget(framework.id()));
        cluster.frameworks().remove(framework, now.wall());
        cluster.counters().count(Counter.FRAMEWORKS_REMOVED);
    }

    /** Agents without a link are told when they come back. */
    private void shutDown(Framework framework) {
        var frame = MasterFrame.newBuilder()
                .setShutDownFramework(ShutDownFramework.newBuilder().setFrameworkId(WireIds.of(framework.id())));
        cluster.agentsOf(framework).forEach(agent -> outbox.send(agent, frame));
    }
}
