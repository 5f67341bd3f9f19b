package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * An agent's state machine. One thread owns it; each input gives records to be synced and effects to be carried out after
 * that. What it must not forget it replays from its journal when it starts.
 */
public final class AgentCore {
    private final AgentSettings settings;
    private final Frameworks frameworks = new Frameworks();
    private final Tasks tasks;
    private final Kills kills;
    private final Registration registration;

    /** @param chance for update ids, container ids and jitter */
    public AgentCore(AgentSettings settings, RandomGenerator chance) {
        this.settings = settings;
        var statuses = new StatusFactory(chance);
        this.kills = new Kills(settings, frameworks, statuses);
        this.tasks = new Tasks(settings, frameworks, statuses, kills);
        this.registration = new Registration(settings, chance);
    }

    /**
     * Takes up what the journal holds. Called once, before anything else.
     *
     * @param finder says what is left of a task's container, by key and container id
     */
    public AgentStep recover(Moment now, List<JournalRecord> journal, BiFunction<TaskKey, String, Found> finder) {
        var out = new Outbox();
        var replay = new Replay(journal);
        registration.restore(replay.agentId, replay.accepted);
        replay.frameworks.values().forEach(frameworks::put);
        replay.shutDown.forEach(frameworks::shutDown);
        replay.done.forEach(out::add);
        new Recovery(settings, tasks, kills).run(now, replay.tasks, finder, out);
        return out.step();
    }

    public AgentStep apply(Moment now, AgentInput input) {
        var out = new Outbox();
        switch (input) {
            case AgentInput.LinkOpened(var link) when registration.isCurrent(link) -> registration.opened(now, out);
            case AgentInput.LinkClosed(var link, var _) when registration.isCurrent(link) -> registration.closed(now);
            case AgentInput.FrameReceived(var link, var frame)
            when registration.isCurrent(link) -> received(now, frame, out);
            case AgentInput.LinkOpened _, AgentInput.LinkClosed _, AgentInput.FrameReceived _ -> {} // Of an old link.
            case AgentInput.TaskStarted(var task, var _) -> tasks.started(now, task, out);
            case AgentInput.TaskNotStarted(var task, var reason) -> tasks.notStarted(now, task, reason, out);
            case AgentInput.TaskExited(var task, var status) -> tasks.exited(now, task, status, out);
            case AgentInput.EndAllTasks() -> tasks.endAll(now, out);
            case AgentInput.TimerFired() -> {}
        }
        registration.advance(now, out);
        tasks.advance(now, registration.isRegistered(), (task, status) -> send(task, status, out), out);
        return out.step();
    }

    private void received(Moment now, MasterFrame frame, Outbox out) {
        switch (frame.getBodyCase()) {
            case WELCOME -> {
                if (registration.welcomed(now, frame.getWelcome(), out)) {
                    InventoryParts.of(frameworks, tasks.all())
                            .forEach(part ->
                                    registration.send(AgentFrame.newBuilder().setInventory(part), out));
                }
            }
            case REFUSED ->
                registration.refused(
                        now, frame.getRefused().getReason(), frame.getRefused().getPermanent(), out);
            default -> {
                if (registration.isOfSession(frame.getTerm(), frame.getSession())) {
                    registration.heard(now);
                    obey(now, frame, out);
                }
            }
        }
    }

    private void obey(Moment now, MasterFrame frame, Outbox out) {
        switch (frame.getBodyCase()) {
            case REGISTERED -> {
                registration.registered(now, frame.getRegistered(), out);
                tasks.sendHeadsAtOnce();
            }
            case PING -> registration.pinged(frame.getPing(), out);
            case PONG -> {} // That something was heard is all that matters.
            case TERM_OVER -> registration.termOver(now, out);
            case LAUNCH_TASK, KILL_TASK, ACKNOWLEDGE_STATUS, UPDATE_FRAMEWORK, SHUT_DOWN_FRAMEWORK, RECONCILE_TASKS -> {
                if (registration.isRegistered()) {
                    serve(now, frame, out);
                }
            }
            case WELCOME, REFUSED, BODY_NOT_SET -> {} // The first two came earlier; the last is of a newer version.
        }
    }

    /** What a master asks for once the agent is registered with it. */
    private void serve(Moment now, MasterFrame frame, Outbox out) {
        switch (frame.getBodyCase()) {
            case LAUNCH_TASK -> tasks.launch(now, frame.getLaunchTask(), out);
            case KILL_TASK -> tasks.kill(now, frame.getKillTask(), out);
            case ACKNOWLEDGE_STATUS -> tasks.acknowledge(frame.getAcknowledgeStatus(), out);
            case UPDATE_FRAMEWORK ->
                tasks.updateFramework(frame.getUpdateFramework().getFramework(), out);
            case SHUT_DOWN_FRAMEWORK -> {
                var id = frame.getShutDownFramework().getFrameworkId();
                tasks.shutDown(now, new FrameworkId(id.getValue()), out);
            }
            case RECONCILE_TASKS ->
                tasks.reconcile(
                        now,
                        frame.getReconcileTasks(),
                        registration.agentId().orElse(AgentID.getDefaultInstance()),
                        (framework, status) -> registration.send(
                                AgentFrame.newBuilder()
                                        .setStatusUpdate(StatusUpdate.newBuilder()
                                                .setFrameworkId(framework)
                                                .setStatus(status)
                                                .setLatestState(status.getState())),
                                out));
            case WELCOME, REFUSED, REGISTERED, PING, PONG, TERM_OVER, BODY_NOT_SET -> {} // Not about tasks.
        }
    }

    private void send(LiveTask task, TaskStatus status, Outbox out) {
        registration.send(
                AgentFrame.newBuilder()
                        .setStatusUpdate(StatusUpdate.newBuilder()
                                .setFrameworkId(Tasks.frameworkId(task.key))
                                .setStatus(status)
                                .setLatestState(task.updates.latest())),
                out);
    }

    /** When TimerFired is due, in monotonic nanoseconds; Long.MAX_VALUE for never. */
    public long nextDeadline() {
        return Math.min(registration.nextDeadline(), tasks.nextDeadline(registration.isRegistered()));
    }

    /** A journal that would give the present state: what a compaction writes. */
    public List<JournalRecord> journal() {
        return Compaction.records(registration, frameworks, tasks);
    }

    public AgentSnapshot snapshot() {
        return new AgentSnapshot(
                registration.agentId().map(AgentID::getValue),
                registration.isRegistered(),
                registration.accepted(),
                tasks.all().stream()
                        .map(task -> new AgentSnapshot.TaskView(
                                task.key, task.info, task.containerId, task.updates.latest(), task.updates.size()))
                        .toList());
    }
}
