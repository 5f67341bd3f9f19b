package dev.proffer.agent.core;

import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.core.registration.Registration;
import dev.proffer.agent.core.tasks.InventoryParts;
import dev.proffer.agent.core.tasks.Kills;
import dev.proffer.agent.core.tasks.Launches;
import dev.proffer.agent.core.tasks.Recovery;
import dev.proffer.agent.core.tasks.Runs;
import dev.proffer.agent.core.tasks.TaskTable;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.agent.core.updates.Statuses;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.AgentID;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An agent: pure, and confined to one thread. Each input changes its state and gives the effects to be carried out, in
 * order. Records of what it must not forget leave as effects too; what depends on one happens when the journal says that it
 * is on disk.
 */
public final class AgentCore {
    private final AgentSettings settings;
    private final Outbox outbox = new Outbox();
    private final Timers<Timer> timers = new Timers<>();
    private final Recorder recorder = new Recorder(outbox);
    private final TaskTable table = new TaskTable(timers, outbox);
    private final Registration registration;
    private final Updates updates;
    private final Kills kills;
    private final Runs runs;
    private final Launches launches;
    private final Recovery recovery;
    private final MasterOrders orders;

    private boolean started;
    private boolean endingTasks;
    private boolean tasksEnded;
    private boolean stopped;

    /**
     * @param memory what the journal says of before; read here and not kept
     * @param chance for ids and for jitter
     */
    public AgentCore(AgentSettings settings, AgentMemory memory, Moment now, RandomGenerator chance) {
        this.settings = settings;
        var statuses = new Statuses(chance, settings.ip());
        this.registration = new Registration(settings, chance, outbox, recorder, timers);
        this.updates = new Updates(settings.timing(), registration, recorder, timers);
        this.kills = new Kills(settings.timing(), table, updates, statuses, recorder, timers, outbox);
        this.runs = new Runs(table, updates, statuses, kills, timers);
        this.launches = new Launches(settings, registration, table, updates, statuses, recorder, runs, outbox);
        this.recovery = new Recovery(settings.bootId(), table, updates, kills, runs, outbox);
        this.orders = new MasterOrders(registration, table, updates, launches, kills, recorder, outbox);
        registration.restore(now, memory);
        recovery.restore(now, memory);
    }

    public List<AgentEffect> apply(Moment now, AgentInput input) {
        switch (input) {
            case AgentInput.Started() -> {
                started = true;
                recovery.begin(now, registration.agentId());
            }
            case AgentInput.CapacityChanged(var capacity) -> registration.has(capacity);
            case AgentInput.EndTasks() -> {
                endingTasks = true;
                kills.all(now);
            }
            case AgentInput.Stop() -> halt();
            case AgentInput.LinkOpened(var link) when registration.isCurrent(link) -> registration.opened(now);
            case AgentInput.LinkClosed(var link, var reason)
            when registration.isCurrent(link) -> registration.closed(now, reason);
            case AgentInput.FrameReceived(var link, var frame)
            when registration.isCurrent(link) -> orders.received(now, frame, /* mayLaunch= */ !endingTasks);
            case AgentInput.LeaderFound(var leading) -> registration.leaderFound(now, leading);
            case AgentInput.LinkOpened _, AgentInput.LinkClosed _, AgentInput.FrameReceived _ -> {} // Of an old link.
            case AgentInput.JournalSynced(var through) ->
                recorder.answered(through).forEach(awaited -> recorded(now, awaited));
            case AgentInput.JournalFailed(var through, var reason) ->
                recorder.answered(through).forEach(awaited -> notRecorded(now, awaited, reason));
            case AgentInput.TaskStarted report -> runs.started(now, report);
            case AgentInput.TaskNotStarted report -> runs.notStarted(now, report);
            case AgentInput.TaskExited report -> runs.exited(now, report);
            case AgentInput.TaskNotFound report -> runs.notFound(now, report);
            case AgentInput.FileRead(var link, var content)
            when registration.isCurrent(link) && registration.isRegistered() ->
                registration.send(AgentFrame.newBuilder().setFileContent(content));
            case AgentInput.FileRead _ -> {} // Who asked is gone.
            case AgentInput.TimerFired() -> fire(now);
        }
        proceed(now);
        return outbox.take();
    }

    /** When TimerFired is due, in monotonic nanoseconds; Long.MAX_VALUE for never. */
    public long nextDeadline() {
        return timers.nextDue();
    }

    public AgentSnapshot snapshot() {
        return new AgentSnapshot(
                registration.agentId().map(AgentID::getValue),
                registration.phase(),
                registration.trouble(),
                registration.accepted(),
                registration.capacity(),
                List.copyOf(table.frameworks().all()),
                table.all().stream()
                        .map(task -> new AgentSnapshot.TaskView(
                                task.container(),
                                task.info(),
                                updates.latestState(task.key()),
                                updates.unacknowledged(task.key())))
                        .toList());
    }

    private void halt() {
        if (!stopped) {
            stopped = true;
            registration.close();
            outbox.add(new AgentEffect.Stopped());
        }
    }

    /** What follows from the state, whatever the input was. */
    private void proceed(Moment now) {
        if (started && !stopped && recovery.isOver(registration.agentId())) {
            started = false;
            registration.start(now);
        }
        if (endingTasks && !tasksEnded && !table.hasLive() && recorder.isIdle()) {
            tasksEnded = true;
            outbox.add(new AgentEffect.TasksEnded());
        }
    }

    private void recorded(Moment now, Awaited awaited) {
        switch (awaited) {
            case Awaited.Term(var link) ->
                registration.termRecorded(now, link, InventoryParts.of(table, updates, settings.inventoryPartBytes()));
            case Awaited.Identity _ -> registration.identityRecorded();
            case Awaited.Launch launch -> launches.recorded(now, launch);
            case Awaited.Update(var task, var uuid) -> {
                updates.recorded(now, task, uuid);
                forgetIfNobodyWaits(task);
            }
            case Awaited.Nothing() -> {}
        }
    }

    private void notRecorded(Moment now, Awaited awaited, String reason) {
        switch (awaited) {
            case Awaited.Term(var link) -> registration.notRecorded(now, link, reason);
            case Awaited.Identity(var link) -> registration.notRecorded(now, link, reason);
            case Awaited.Launch launch -> launches.notRecorded(now, launch, reason);
            case Awaited.Update _ -> updates.notRecorded(now);
            case Awaited.Nothing() -> {}
        }
    }

    /** A task of a framework that is shut down is history once its end is on disk and was told once. */
    private void forgetIfNobodyWaits(TaskKey key) {
        Optional.of(key)
                .filter(task -> table.frameworks().isShutDown(task.framework()))
                .flatMap(table::find)
                .filter(_ -> TaskStates.isTerminal(updates.latestState(key)))
                .ifPresent(_ -> {
                    updates.close(key);
                    table.forget(key);
                });
    }

    private void fire(Moment now) {
        for (var due = timers.poll(now.nanos()); due.isPresent(); due = timers.poll(now.nanos())) {
            switch (due.get()) {
                case Timer.Redial() -> registration.redial(now);
                case Timer.HandshakeTimeout() -> registration.handshakeTimedOut(now);
                case Timer.NextPing() -> registration.ping(now);
                case Timer.NextProbe() -> registration.probe(now);
                case Timer.SilenceCheck() -> registration.checkSilence(now);
                case Timer.Resend(var task) -> updates.resend(now, task);
                case Timer.RecordAgain() -> updates.recordAgain();
                case Timer.KillByForce(var task) -> kills.force(now, task);
                case Timer.CompletionTime(var task) -> kills.completionTimeOver(now, task);
            }
        }
    }
}
