package dev.proffer.master.core;

import dev.proffer.allocator.Allocator;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.TermHolder;
import java.time.Instant;
import java.util.List;
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
    private static final long AT_ONCE = 0;

    private final MasterConfig config;
    private final Leadership leadership;
    private final Cluster cluster;
    private final Outbox outbox;
    private final Timers<Timer> timers = new Timers<>();
    private final Authority authority;
    private final Rooms rooms;
    private final DueTimers dueTimers;
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

        this.rooms = new Rooms(desk, config, leadership);
        this.dueTimers = new DueTimers(timers, authority, rooms);
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
        rooms.drains.finishEmptied().forEach(agent -> rooms.goneMarks.mark(now, agent));
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
        boolean turn = rooms.reservations.areBehind()
                ? input instanceof MasterInput.TimerFired
                : now.reached(rooms.offering.nextDue());
        if (turn) {
            rooms.reservations.proceed(now);
        }
    }

    private void offerIfDue(Moment now) {
        if (!rooms.reservations.holdOffersBack()) {
            rooms.offering.offerIfDue(now);
        }
    }

    /** First and last of all, since time and the input may both have changed it. */
    private void judge(Moment now) {
        if (authority.judge(now) == Authority.Verdict.LOST) {
            rooms.returns.rescind(now, cluster.offers().all());
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
        return rooms.reservations.areBehind() ? AT_ONCE : rooms.offering.nextDue();
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
                rooms.policyFigures.read(),
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
            case MasterInput.Subscribe subscribe -> rooms.subscriptions.subscribe(now, subscribe);
            case MasterInput.SchedulerCall call -> rooms.schedulerCalls.call(now, call);
            case MasterInput.StreamClosed closed -> rooms.subscriptions.streamClosed(now, closed.stream());
            case MasterInput.AgentHello hello -> rooms.sessions.hello(now, hello);
            case MasterInput.AgentInventory inventory -> rooms.sessions.inventory(now, inventory);
            case MasterInput.AgentStatusUpdate(var link, var update) ->
                cluster.agents().find(link).ifPresent(agent -> {
                    agent.seen();
                    rooms.statusUpdates.update(now, agent, update);
                });
            case MasterInput.AgentPong pong ->
                cluster.agents().find(pong.link()).ifPresent(agent -> answered(agent, pong.sequence()));
            case MasterInput.AgentCapacityChanged(var link, var update) ->
                cluster.agents().find(link).ifPresent(agent -> rooms.capacityChanges.change(now, agent, update));
            case MasterInput.AgentUnregistered(var link) ->
                cluster.agents()
                        .find(link)
                        .ifPresent(agent -> rooms.departures.gone(now, agent, "The task's agent unregistered"));
            case MasterInput.AgentDeparted(var link, var leader) ->
                cluster.agents().find(link).ifPresent(agent -> authority.departed(agent.id(), leader));
            case MasterInput.LinkClosed closed -> rooms.sessions.linkClosed(now, closed.link());
            case MasterInput.RegistryRead(var agents) -> {
                authority.registryRead(agents);
                rooms.labelling.recall(agents);
                rooms.recovery.registryRead(now, agents);
            }
            case MasterInput.AgentStored(var agent) -> authority.stored(agent);
            case MasterInput.AgentMarked(var agent) -> {
                authority.left(agent);
                rooms.goneMarks.confirmed(now, agent);
            }
            case MasterInput.AgentForgotten(var agent) -> authority.forgotten(agent);
            case MasterInput.AgentPolicyChanged(var agent, var policy) -> rooms.wishes.change(now, agent, policy);
            case MasterInput.NodeChanged(var node, var state) -> {
                rooms.wishes.change(now, node, state);
                excuseAgentsOf(node, state);
            }
            case MasterInput.NodeLabelled(var node, var labels) -> rooms.labelling.change(now, node, labels);
            case MasterInput.PolicyChanged(var policy) -> rooms.policyChanges.change(now, policy);
            case MasterInput.ExplainRequested question ->
                outbox.explain(question.request(), rooms.explaining.explain(now, question));
            case MasterInput.LeaseConfirmed(var until) -> authority.leaseConfirmed(until);
            case MasterInput.TimerFired _ -> dueTimers.fire(now);
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
}
