package dev.proffer.sdk.session;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.MasterInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.TaskOnAgent;
import dev.proffer.sdk.Termination;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A scheduler's life with its master: subscribe, deliver, notice that the connection is dead, wait, subscribe again.
 *
 * <pre>
 *   Waiting ──due──▶ Connecting ──opened──▶ Subscribing ──SUBSCRIBED──▶ Subscribed
 *      ▲                 │ broken               │ broken, silent            │ broken, silent
 *      └─────────────────┴──────────────────────┴───────────────────────────┘
 *   Ended, from anywhere: closed, torn down, refused, given up, or the scheduler threw
 * </pre>
 *
 * All methods but {@link #master}'s are called on one thread, which is the one that callbacks run on.
 */
public final class SchedulerSession {
    /** As many heartbeats as may be missing in a row; Mesos advises five. */
    private static final int MISSED_HEARTBEATS = 5;

    /** What Mesos uses, for a master that does not say. */
    private static final double DEFAULT_HEARTBEAT_SECONDS = 15;

    private final Scheduler scheduler;
    private final SchedulerConfig config;
    private final MasterLink link;
    private final Outbound outbound;
    private final MasterCalls master;
    private final Callbacks callbacks;
    private final Reconciliation reconciliation = new Reconciliation();
    private final BackOff backOff;

    private FrameworkInfo framework;
    private Phase phase = new Phase.Waiting(Long.MAX_VALUE);
    private int streams;
    private boolean subscribedBefore;
    private long giveUp = Long.MAX_VALUE;
    private String lastTrouble = "no master has answered yet";

    public SchedulerSession(
            Scheduler scheduler, SchedulerConfig config, MasterLink link, InstantSource clock, RandomGenerator chance) {
        this.scheduler = scheduler;
        this.config = config;
        this.link = link;
        this.framework = config.framework();
        this.outbound = new Outbound(link, framework, clock);
        this.master = new MasterCalls(outbound, framework);
        this.callbacks =
                new Callbacks(scheduler, master, outbound, config.acknowledgement(), config.unansweredOffers());
        this.backOff = new BackOff(config.patience(), chance);
    }

    private sealed interface Phase {
        record Waiting(long until) implements Phase {}

        record Connecting() implements Phase {}

        record Subscribing(String streamId, long until) implements Phase {}

        record Subscribed(Duration silenceAllowed, long until) implements Phase {}

        record Ended(Termination termination) implements Phase {}
    }

    /** The way to make calls; of use to any thread. */
    public Master master() {
        return master;
    }

    /** Why the session is over, once it is. */
    public Optional<Termination> termination() {
        return phase instanceof Phase.Ended(var termination) ? Optional.of(termination) : Optional.empty();
    }

    /** When to call {@link #timePassed} at the latest, in monotonic nanoseconds; never is {@link Long#MAX_VALUE}. */
    public long nextDeadline() {
        return switch (phase) {
            case Phase.Waiting(var until) -> Math.min(until, giveUp);
            case Phase.Connecting() -> giveUp;
            case Phase.Subscribing(var _, var until) -> Math.min(until, giveUp);
            case Phase.Subscribed(var _, var until) -> Math.min(until, reconciliation.nextAsking());
            case Phase.Ended(var _) -> Long.MAX_VALUE;
        };
    }

    public void start(Moment now) {
        beginToGiveUp(now);
        connect();
    }

    /** Takes what came of a stream. That of an earlier stream is ignored. */
    public void received(StreamInput input, Moment now) {
        if (phase instanceof Phase.Ended || input.stream() != streams) {
            return;
        }
        guarded(() -> {
            switch (input) {
                case StreamInput.Opened opened -> opened(opened, now);
                case StreamInput.Received received -> event(received.event(), now);
                case StreamInput.Broken broken -> disconnected(broken.reason(), now);
                case StreamInput.Refused refused -> end(Termination.Cause.REFUSED, refused.reason());
            }
            settleNow(now);
        });
    }

    /** Does what is due. To be called when nothing that came is left to take: only then is silence silence. */
    public void timePassed(Moment now) {
        if (phase instanceof Phase.Ended || !now.reached(nextDeadline())) {
            return;
        }
        guarded(() -> {
            if (!(phase instanceof Phase.Subscribed) && now.reached(giveUp)) {
                end(Termination.Cause.UNREACHABLE, lastTrouble);
                return;
            }
            switch (phase) {
                case Phase.Waiting _ -> connect();
                case Phase.Connecting _ -> {}
                case Phase.Subscribing _ -> disconnected("the master opened a stream but did not subscribe us", now);
                case Phase.Subscribed(var silence, var until) -> {
                    if (now.reached(until)) {
                        disconnected("nothing came from the master for " + silence.toMillis() + " ms", now);
                    } else {
                        master.ask(reconciliation.due(now));
                    }
                }
                case Phase.Ended _ -> {}
            }
            settleNow(now);
        });
    }

    /** Tells the scheduler what calls left behind. To be called after {@link MasterLink#wake}. */
    public void settle(Moment now) {
        if (!(phase instanceof Phase.Ended)) {
            guarded(() -> settleNow(now));
        }
    }

    /** Ends the session and leaves the framework to its failover timeout. */
    public void close() {
        if (!(phase instanceof Phase.Ended)) {
            end(Termination.Cause.CLOSED, "closed by the scheduler");
        }
    }

    private void connect() {
        streams++;
        phase = new Phase.Connecting();
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        var subscribe = call.getSubscribeBuilder().setFrameworkInfo(framework);
        subscribe.addAllSuppressedRoles(outbound.from(Books::suppressedRoles));
        config.offerConstraints().ifPresent(subscribe::setOfferConstraints);
        if (framework.hasId()) {
            call.setFrameworkId(framework.getId());
        }
        link.open(streams, call.build());
    }

    private void opened(StreamInput.Opened opened, Moment now) {
        phase = new Phase.Subscribing(
                opened.streamId(), now.deadline(config.patience().call()));
    }

    private void event(Event event, Moment now) {
        switch (event.getType()) {
            case SUBSCRIBED -> subscribed(event.getSubscribed(), now);
            case ERROR -> refused(event.getError().getMessage());
            case UNKNOWN,
                    OFFERS,
                    RESCIND,
                    UPDATE,
                    MESSAGE,
                    FAILURE,
                    HEARTBEAT,
                    INVERSE_OFFERS,
                    RESCIND_INVERSE_OFFER,
                    UPDATE_OPERATION_STATUS -> {
                if (phase instanceof Phase.Subscribed(var silence, var _)) {
                    phase = new Phase.Subscribed(silence, now.deadline(silence));
                    if (event.getType() == Event.Type.UPDATE) {
                        reconciliation.answered(event.getUpdate().getStatus().getTaskId());
                    }
                    callbacks.deliver(event);
                }
            }
        }
    }

    private void subscribed(Event.Subscribed subscribed, Moment now) {
        if (!(phase instanceof Phase.Subscribing(var streamId, var _))) {
            return;
        }
        double seconds = subscribed.getHeartbeatIntervalSeconds();
        var heartbeat = Duration.ofMillis(Math.round(1000 * (seconds > 0 ? seconds : DEFAULT_HEARTBEAT_SECONDS)));
        var silence = heartbeat.multipliedBy(MISSED_HEARTBEATS);
        phase = new Phase.Subscribed(silence, now.deadline(silence));
        framework = framework.toBuilder().setId(subscribed.getFrameworkId()).build();
        giveUp = Long.MAX_VALUE;
        backOff.reset();
        outbound.connected(subscribed.getFrameworkId(), streamId);
        if (outbound.from(Books::isTeardownWanted)) {
            master.teardown();
            return;
        }
        var again = subscribedBefore;
        subscribedBefore = true;
        greet(subscribed, again, now);
    }

    /** What was asked for before goes out after the scheduler knows of its id, and before anything else comes in. */
    private void greet(Event.Subscribed subscribed, boolean again, Moment now) {
        scheduler.onSubscribed(master, new Subscription(subscribed.getFrameworkId(), masterInfo(subscribed), again));
        for (var kill : outbound.from(Books::takeUnsentKills)) {
            outbound.send(kill.toBuilder());
        }
        outbound.note(Books::takeUnasked);
        ask(outbound.from(Books::liveTasks), now);
    }

    private void ask(List<TaskOnAgent> tasks, Moment now) {
        if (!tasks.isEmpty()) {
            reconciliation.asked(tasks, now);
            master.ask(tasks);
        }
    }

    private static Optional<MasterInfo> masterInfo(Event.Subscribed subscribed) {
        return subscribed.hasMasterInfo() ? Optional.of(subscribed.getMasterInfo()) : Optional.empty();
    }

    private void refused(String reason) {
        boolean removedByUs = phase instanceof Phase.Subscribing && outbound.from(Books::isTeardownWanted);
        end(removedByUs ? Termination.Cause.TORN_DOWN : Termination.Cause.REFUSED, reason);
    }

    private void disconnected(String reason, Moment now) {
        lastTrouble = reason;
        boolean wasSubscribed = phase instanceof Phase.Subscribed;
        link.close(streams);
        outbound.disconnected();
        reconciliation.stop();
        phase = new Phase.Waiting(now.deadline(backOff.next()));
        if (wasSubscribed && !outbound.isTornDown()) {
            beginToGiveUp(now);
            scheduler.onDisconnected(master, reason);
        }
    }

    private void beginToGiveUp(Moment now) {
        giveUp = config.patience().giveUp().map(now::deadline).orElse(Long.MAX_VALUE);
    }

    private void settleNow(Moment now) {
        while (!(phase instanceof Phase.Ended)) {
            if (outbound.isTornDown()) {
                end(Termination.Cause.TORN_DOWN, "the framework was torn down");
                return;
            }
            var loss = outbound.takeLoss();
            if (loss.isPresent()) {
                disconnected(loss.get(), now);
                continue;
            }
            if (phase instanceof Phase.Subscribed) {
                ask(outbound.from(Books::takeUnasked), now);
            }
            var report = outbound.takeReport();
            if (report.isEmpty()) {
                return;
            }
            switch (report.get()) {
                case Report.NotLaunched(var status) -> callbacks.update(status);
                case Report.Failed(var failure) -> scheduler.onCallFailed(master, failure);
            }
        }
    }

    /** A scheduler that throws is not called again: what it meant to do is unknown. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error thrown) {
            end(new Termination(Termination.Cause.SCHEDULER_FAILED, thrown.toString(), Optional.of(thrown)));
        }
    }

    private void end(Termination.Cause cause, String reason) {
        end(new Termination(cause, reason));
    }

    private void end(Termination termination) {
        phase = new Phase.Ended(termination);
        link.close(streams);
        outbound.disconnected();
    }
}
