package dev.proffer.master.core;

import dev.proffer.allocator.Allocator;
import dev.proffer.master.core.agents.CapacityChanges;
import dev.proffer.master.core.agents.Departures;
import dev.proffer.master.core.agents.GivingUp;
import dev.proffer.master.core.agents.GoneMarks;
import dev.proffer.master.core.agents.Labelling;
import dev.proffer.master.core.agents.Liveness;
import dev.proffer.master.core.agents.Oblivion;
import dev.proffer.master.core.agents.Recovery;
import dev.proffer.master.core.agents.Sessions;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.enforcement.PolicyChanges;
import dev.proffer.master.core.enforcement.PolicyFigures;
import dev.proffer.master.core.enforcement.Teardowns;
import dev.proffer.master.core.enforcement.Withdrawals;
import dev.proffer.master.core.enforcement.WrongOffers;
import dev.proffer.master.core.explanations.Explaining;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.master.core.frameworks.FrameworkUpdates;
import dev.proffer.master.core.frameworks.Heartbeats;
import dev.proffer.master.core.frameworks.Removals;
import dev.proffer.master.core.frameworks.RolePreferences;
import dev.proffer.master.core.frameworks.Subscriptions;
import dev.proffer.master.core.maintenance.Availability;
import dev.proffer.master.core.maintenance.Drains;
import dev.proffer.master.core.maintenance.Wishes;
import dev.proffer.master.core.offers.Answers;
import dev.proffer.master.core.offers.Hoarding;
import dev.proffer.master.core.offers.InverseOffering;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.offers.Offering;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.reservations.Reservations;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.tasks.Reconciliation;
import dev.proffer.master.core.tasks.StatusUpdates;
import dev.proffer.master.core.tasks.TaskLosses;
import dev.proffer.master.core.tasks.TaskProgress;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.master.core.timers.Timers;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.TermHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A leading master for one term: takes inputs one after the other and says what is to be done. It routes each input to the
 * room that it concerns; the rooms share the {@link Desk}.
 *
 * <p>Not thread-safe: one thread, the writer, calls it. An exception out of {@link #apply} means that the state is broken,
 * and the master must stop.
 */
public final class MasterCore {
    /** How long a verdict waits, again and again, while this master may not act. */
    private static final Duration HELD_BACK = Duration.ofSeconds(5);

    private static final long AT_ONCE = 0;

    /** Of the timers that one input may fire; about what takes 20 ms among 10,000 agents. */
    private static final int MOST_COST = 1_000;

    private static final int COST_OF_A_VERDICT = 50;

    private final MasterConfig config;
    private final Leadership leadership;
    private final Cluster cluster;
    private final Outbox outbox;
    private final Timers timers = new Timers();
    private final Authority authority;
    private final OfferReturns returns;
    private final Offering offering;
    private final Hoarding hoarding;
    private final SchedulerCalls schedulerCalls;
    private final Subscriptions subscriptions;
    private final Heartbeats heartbeats;
    private final Removals removals;
    private final StatusUpdates statusUpdates;
    private final Sessions sessions;
    private final CapacityChanges capacityChanges;
    private final Liveness liveness;
    private final Departures departures;
    private final Drains drains;
    private final Wishes wishes;
    private final Labelling labelling;
    private final GoneMarks goneMarks;
    private final Oblivion oblivion;
    private final GivingUp givingUp;
    private final Recovery recovery;
    private final PolicyChanges policyChanges;
    private final Withdrawals withdrawals;
    private final Teardowns teardowns;
    private final Reservations reservations;
    private final PolicyFigures policyFigures;
    private final Explaining explaining;
    private boolean resigned;
    private @Nullable Instant startedAt;
    private Instant takenAt = Instant.EPOCH;

    /** @param allocator fresh, and this master's alone */
    public MasterCore(MasterConfig config, Leadership leadership, Allocator allocator) {
        this.config = config;
        this.leadership = leadership;
        this.cluster = Cluster.empty(leadership.masterId(), config);
        this.outbox = new Outbox(leadership);
        this.authority = new Authority(leadership);
        var desk = new Desk(
                cluster,
                new Books(allocator),
                timers,
                outbox,
                new PolicyInForce(config.policy().initial()),
                authority);

        var progress = new TaskProgress(desk);
        var reconciliation = new Reconciliation(desk);
        var kills = new Kills(desk, reconciliation);
        var losses = new TaskLosses(desk, progress);
        this.statusUpdates = new StatusUpdates(desk, progress);

        var inverseOffering = new InverseOffering(desk);
        this.returns = new OfferReturns(desk, inverseOffering);
        var answers = new Answers(desk, returns);
        this.hoarding = new Hoarding(desk, returns, config.offerTimeout());
        this.offering = new Offering(desk, inverseOffering, hoarding);

        var preferences = new RolePreferences(desk.books());
        this.heartbeats = new Heartbeats(desk, config.heartbeatInterval());
        this.removals = new Removals(desk, returns, losses);
        var admissions = new Admissions(desk);
        this.subscriptions = new Subscriptions(
                leadership,
                desk,
                admissions,
                returns,
                heartbeats,
                removals,
                config.policy().withdrawalGrace());
        this.teardowns =
                new Teardowns(desk, admissions, removals, config.policy().teardownDelay());

        var availability = new Availability(desk, returns, inverseOffering);
        this.drains = new Drains(desk, kills);
        this.wishes = new Wishes(desk, availability, drains, config.registry().nodeLostTimeout());

        this.labelling = new Labelling(desk, availability, returns);

        this.departures = new Departures(desk, availability, returns, losses);
        this.goneMarks =
                new GoneMarks(desk, departures, availability, config.registry().nodeLostTimeout());
        this.givingUp = new GivingUp(desk, departures, config.registry().removalRate(), config.mostMissedPings());
        this.oblivion = new Oblivion(desk, config.registry().maxAge());
        this.recovery = new Recovery(config.registry(), desk, givingUp, oblivion);
        this.liveness = new Liveness(desk, givingUp, config.agentPingInterval(), config.mostMissedPings());
        this.sessions = new Sessions(leadership, config, desk, kills, departures, wishes, labelling, liveness);

        this.capacityChanges = new CapacityChanges(desk, returns, wishes);

        this.reservations = new Reservations(desk, returns);
        this.policyFigures = new PolicyFigures(desk, reservations);
        this.explaining = new Explaining(desk, admissions);
        this.withdrawals = new Withdrawals(desk, admissions, subscriptions, returns);
        this.policyChanges = new PolicyChanges(
                desk, new WrongOffers(desk, returns), withdrawals, teardowns, labelling, reservations, recovery);
        var rooms = new SchedulerCalls.Rooms(
                answers,
                inverseOffering,
                preferences,
                kills,
                statusUpdates,
                reconciliation,
                removals,
                new FrameworkUpdates(desk, admissions, returns));
        this.schedulerCalls = new SchedulerCalls(cluster, rooms, outbox);
    }

    /**
     * Applies one input. Offers are made when the allocator is due, so many inputs share one allocation.
     *
     * @param now not before the {@code now} of the last call
     * @return what is to be done, in this order
     */
    public List<MasterEffect> apply(Moment now, MasterInput input) {
        start(now);
        judge(now);
        route(now, input);
        drains.finishEmptied().forEach(agent -> goneMarks.mark(now, agent));
        judge(now);
        if (authority.isActing()) {
            settleReservations(now, input);
            offerIfDue(now);
        }
        return effects(now);
    }

    /**
     * What became free since the last allocation is set aside before the next one gives it away. Who is behind goes on in a
     * step of his own, not with every input.
     */
    private void settleReservations(Moment now, MasterInput input) {
        boolean turn =
                reservations.areBehind() ? input instanceof MasterInput.TimerFired : now.reached(offering.nextDue());
        if (turn) {
            reservations.proceed(now);
        }
    }

    private void offerIfDue(Moment now) {
        if (!reservations.holdOffersBack()) {
            offering.offerIfDue(now);
        }
    }

    /** First and last of all, since time and the input may both have changed it. */
    private void judge(Moment now) {
        if (authority.judge(now) == Authority.Verdict.LOST) {
            returns.rescind(now, cluster.offers().all());
        }
        if (!resigned) {
            authority.successor(now).ifPresent(this::resign);
        }
    }

    private void resign(TermHolder successor) {
        resigned = true;
        outbox.resign("its Lease is not renewed, most agents acknowledge it no more, and of those some obey term "
                + successor.getTerm() + " of " + successor.getHolder());
    }

    private List<MasterEffect> effects(Moment now) {
        var effects = outbox.drain();
        if (!authority.mayWrite(now)) {
            return effects;
        }
        var writes = outbox.drainRegistryWrites();
        writes.forEach(authority::writing);
        return Stream.concat(effects.stream(), writes.stream()).toList();
    }

    /** When {@link MasterInput.TimerFired} is due, in monotonic nanoseconds; Long.MAX_VALUE for never. */
    public long nextDeadline() {
        return Math.min(timers.nextDue(), Math.min(nextOffers(), authority.nextDue()));
    }

    private long nextOffers() {
        if (!authority.isActing()) {
            return Long.MAX_VALUE;
        }
        return reservations.areBehind() ? AT_ONCE : offering.nextDue();
    }

    /** What readers see. Costs what changed since the last one, and a list of all agents and frameworks. */
    public MasterSnapshot snapshot() {
        return new MasterSnapshot(
                leadership,
                startedAt == null ? takenAt : startedAt,
                takenAt,
                cluster.agents().all().stream().map(Agent::snapshot).toList(),
                List.copyOf(cluster.agents().absent().recovered()),
                List.copyOf(cluster.agents().absent().unreachable()),
                List.copyOf(cluster.agents().absent().gone()),
                cluster.frameworks().all().stream().map(Framework::snapshot).toList(),
                List.copyOf(cluster.frameworks().completed().all()),
                policyFigures.read(),
                cluster.counters().snapshot());
    }

    /** In a term that is not the first, agents of the one before may still be on their way. */
    private void start(Moment now) {
        takenAt = now.wall();
        if (startedAt == null) {
            startedAt = now.wall();
            if (leadership.term() > 1) {
                cluster.agents().absent().awaitReturnsUntil(now.deadline(config.agentTimeout()));
            }
        }
    }

    private void route(Moment now, MasterInput input) {
        switch (input) {
            case MasterInput.Subscribe subscribe -> subscriptions.subscribe(now, subscribe);
            case MasterInput.SchedulerCall call -> schedulerCalls.call(now, call);
            case MasterInput.StreamClosed closed -> subscriptions.streamClosed(now, closed.stream());
            case MasterInput.AgentHello hello -> sessions.hello(now, hello);
            case MasterInput.AgentInventory inventory -> sessions.inventory(now, inventory);
            case MasterInput.AgentStatusUpdate(var link, var update) ->
                cluster.agents().find(link).ifPresent(agent -> {
                    agent.seen();
                    statusUpdates.update(now, agent, update);
                });
            case MasterInput.AgentPong pong ->
                cluster.agents().find(pong.link()).ifPresent(agent -> answered(agent, pong.sequence()));
            case MasterInput.AgentCapacityChanged(var link, var update) ->
                cluster.agents().find(link).ifPresent(agent -> capacityChanges.change(now, agent, update));
            case MasterInput.AgentUnregistered(var link) ->
                cluster.agents()
                        .find(link)
                        .ifPresent(agent -> departures.gone(now, agent, "The task's agent unregistered"));
            case MasterInput.AgentDeparted(var link, var leader) ->
                cluster.agents().find(link).ifPresent(agent -> authority.departed(agent.id(), leader));
            case MasterInput.LinkClosed closed -> sessions.linkClosed(now, closed.link());
            case MasterInput.RegistryRead(var agents) -> {
                authority.registryRead(agents);
                labelling.recall(agents);
                recovery.registryRead(now, agents);
            }
            case MasterInput.AgentStored(var agent) -> authority.stored(agent);
            case MasterInput.AgentMarked(var agent) -> {
                authority.left(agent);
                goneMarks.confirmed(now, agent);
            }
            case MasterInput.AgentForgotten(var agent) -> authority.forgotten(agent);
            case MasterInput.AgentPolicyChanged(var agent, var policy) -> wishes.change(now, agent, policy);
            case MasterInput.NodeChanged(var node, var state) -> {
                wishes.change(now, node, state);
                excuseAgentsOf(node, state);
            }
            case MasterInput.NodeLabelled(var node, var labels) -> labelling.change(now, node, labels);
            case MasterInput.PolicyChanged(var policy) -> policyChanges.change(now, policy);
            case MasterInput.ExplainRequested question ->
                outbox.explain(question.request(), explaining.explain(now, question));
            case MasterInput.LeaseConfirmed(var until) -> authority.leaseConfirmed(until);
            case MasterInput.TimerFired _ -> fire(now);
        }
    }

    private void answered(Agent agent, long ping) {
        agent.seen();
        agent.pingedAt(ping).ifPresent(sentAt -> authority.acknowledged(agent.id(), sentAt));
    }

    private void excuseAgentsOf(String node, NodeState state) {
        if (state.deleted()) {
            cluster.agents().onNode(node).stream()
                    .filter(id -> cluster.agents().find(id).flatMap(Agent::link).isEmpty())
                    .forEach(authority::excuse);
        }
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
    private void fire(Moment now) {
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
            case Timer.Heartbeat(var framework) -> heartbeats.beat(now, framework);
            case Timer.Review _ -> withdrawals.proceed(now);
            case Timer.FailoverTimeout(var framework) -> removals.failoverTimedOut(now, framework);
            case Timer.Teardown _ -> teardowns.tearDown(now);
            case Timer.AgentPing(var agent) -> liveness.ping(now, agent);
            case Timer.HandshakeTimeout(var link) -> sessions.handshakeTimedOut(link);
            case Timer.RecoveredAgents _ -> recovery.giveUpTheRest(now);
            case Timer.NextRemoval _ -> givingUp.proceed(now);
            case Timer.DrainDue(var agent) -> drains.due(agent);
            case Timer.NodeLost(var agent) -> goneMarks.nodeLost(now, agent);
            case Timer.NodeAwaited(var agent) -> labelling.patienceIsOver(now, agent);
            case Timer.Relabelling _ -> labelling.proceed(now);
            case Timer.ForgetLost _ -> oblivion.forgetLost(now);
            case Timer.OldOffers _ -> hoarding.rescindOld(now);
        }
    }
}
