package dev.proffer.agent.core.tasks;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.TASK_KILLING_STATE;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentTiming;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.effects.Awaited;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.effects.Recorder;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.agent.core.updates.Statuses;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.List;

/** Ends tasks: first it asks their processes, then, after a grace, it does not ask any more. */
public final class Kills {
    private final AgentTiming timing;
    private final TaskTable table;
    private final Updates updates;
    private final Statuses statuses;
    private final Recorder recorder;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Kills(
            AgentTiming timing,
            TaskTable table,
            Updates updates,
            Statuses statuses,
            Recorder recorder,
            Timers<Timer> timers,
            Outbox outbox) {
        this.timing = timing;
        this.table = table;
        this.updates = updates;
        this.statuses = statuses;
        this.recorder = recorder;
        this.timers = timers;
        this.outbox = outbox;
    }

    /** The framework, or who drains the agent, wants the task to end. The grace is the order's, else the task's, else the default. */
    public void asked(Moment now, AgentTask task, KillTask order) {
        var policy = order.getKillPolicy();
        var grace = policy.hasGracePeriod() ? duration(policy.getGracePeriod()) : ownGrace(task);
        kill(now, task, cause(order), grace);
    }

    private static KillIntent.Cause cause(KillTask order) {
        if (!order.getDraining()) {
            return KillIntent.Cause.CALL;
        }
        return order.getMarkGone() ? KillIntent.Cause.AGENT_LEAVING : KillIntent.Cause.AGENT_DRAINING;
    }

    /** The master has told everybody that this agent's tasks are gone: they end, and nobody waits for their updates. */
    public void disown(Moment now) {
        table.frameworks()
                .all()
                .forEach(info ->
                        frameworkShutDown(now, new FrameworkId(info.getId().getValue())));
    }

    /** The master has removed the framework. */
    public void frameworkShutDown(Moment now, FrameworkId id) {
        if (table.frameworks().find(id).isEmpty() || table.frameworks().isShutDown(id)) {
            return;
        }
        recorder.record(
                new Awaited.Nothing(),
                Records.frameworkShutDown(
                        FrameworkID.newBuilder().setValue(id.value()).build()));
        table.frameworks().shutDown(id);
        for (var task : table.of(id)) {
            if (task.hasEnded()) {
                updates.close(task.key());
                table.forget(task.key());
            } else {
                kill(now, task, KillIntent.Cause.FRAMEWORK_SHUT_DOWN, ownGrace(task));
            }
        }
    }

    /** The agent takes its tasks with it, and has not for ever. */
    public void all(Moment now) {
        for (var task : List.copyOf(table.all())) {
            var grace = ownGrace(task);
            kill(
                    now,
                    task,
                    KillIntent.Cause.AGENT_STOPPING,
                    grace.compareTo(timing.stopGraceMost()) > 0 ? timing.stopGraceMost() : grace);
        }
    }

    /** The timer's work: max_completion_time is over, and there is no grace. */
    public void completionTimeOver(Moment now, TaskKey key) {
        table.find(key).ifPresent(task -> kill(now, task, KillIntent.Cause.COMPLETION_TIME, Duration.ZERO));
    }

    /** The timer's work. It is repeated: what hangs in the kernel may survive for a while. */
    public void force(Moment now, TaskKey key) {
        table.find(key).filter(task -> task.phase() == AgentTask.Phase.RUNNING).ifPresent(task -> {
            outbox.add(new AgentEffect.Kill(task.container(), /* force= */ true));
            timers.set(new Timer.KillByForce(key), now.deadline(timing.killAgain()));
        });
    }

    /** The process of a task that is to end runs, so that there is something to end now. */
    void begin(Moment now, AgentTask task, Kill kill) {
        boolean news = updates.reportedState(task.key()) != TaskState.TASK_KILLING;
        if (isTold(kill) && news && table.frameworks().can(task.key().framework(), TASK_KILLING_STATE)) {
            var status = statuses.ofExecutor(now, task.container(), TaskState.TASK_KILLING);
            if (kill.drains()) {
                status.setReason(TaskStatus.Reason.REASON_AGENT_DRAINING);
            }
            updates.report(task.key(), status.build());
        }
        var begun = kill.begunAt(now);
        task.killed(begun);
        outbox.add(new AgentEffect.Kill(task.container(), /* force= */ false));
        timers.set(new Timer.KillByForce(task.key()), begun.deadline());
    }

    /** Of an end that a limit or the framework's removal brings, there is no word before. */
    private static boolean isTold(Kill kill) {
        return switch (kill.cause()) {
            case CALL, AGENT_STOPPING, AGENT_DRAINING, AGENT_LEAVING -> true;
            case UNKNOWN, COMPLETION_TIME, FRAMEWORK_SHUT_DOWN -> false;
        };
    }

    /** A kill of before the restart, with its whole grace. */
    void resume(Moment now, AgentTask task, KillIntent intent) {
        var grace = duration(intent.getKillPolicy().getGracePeriod());
        task.killed(Kill.of(now, intent.getCause(), grace));
    }

    /** The agent ended between the record that the framework was removed and that of this task's kill. */
    void resumeShutDown(Moment now, AgentTask task) {
        kill(now, task, KillIntent.Cause.FRAMEWORK_SHUT_DOWN, ownGrace(task));
    }

    private void kill(Moment now, AgentTask task, KillIntent.Cause cause, Duration grace) {
        if (task.hasEnded()) {
            return;
        }
        var kill = Kill.of(now, cause, grace);
        var known = task.kill();
        if (known != null) {
            shorten(task, known, known.noLaterThan(kill));
            return;
        }
        task.killed(kill);
        timers.cancel(new Timer.CompletionTime(task.key()));
        recorder.record(new Awaited.Nothing(), Records.kill(intent(task, kill)));
        if (task.phase() == AgentTask.Phase.RUNNING) {
            begin(now, task, kill);
        }
    }

    private void shorten(AgentTask task, Kill known, Kill sooner) {
        if (sooner.equals(known)) {
            return;
        }
        task.killed(sooner);
        recorder.record(new Awaited.Nothing(), Records.kill(intent(task, sooner)));
        if (timers.isSet(new Timer.KillByForce(task.key()))) {
            timers.set(new Timer.KillByForce(task.key()), sooner.deadline());
        }
    }

    private Duration ownGrace(AgentTask task) {
        var policy = task.info().getKillPolicy();
        return policy.hasGracePeriod() ? duration(policy.getGracePeriod()) : timing.killGrace();
    }

    private static Duration duration(DurationInfo wire) {
        return Duration.ofNanos(Math.max(0, wire.getNanoseconds()));
    }

    private static KillIntent intent(AgentTask task, Kill kill) {
        return KillIntent.newBuilder()
                .setFrameworkId(task.key().frameworkId())
                .setTaskId(task.key().taskId())
                .setCause(kill.cause())
                .setKillPolicy(KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder()
                                .setNanoseconds(kill.grace().toNanos())))
                .build();
    }
}
