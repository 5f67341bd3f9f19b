package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.TASK_KILLING_STATE;

import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.TaskState;
import java.time.Duration;

/** How tasks are brought to their end: SIGTERM, a grace period, SIGKILL. */
final class Kills {
    private final AgentSettings settings;
    private final Frameworks frameworks;
    private final StatusFactory statuses;

    Kills(AgentSettings settings, Frameworks frameworks, StatusFactory statuses) {
        this.settings = settings;
        this.frameworks = frameworks;
        this.statuses = statuses;
    }

    /** Somebody wants the task's end. That is remembered: the next agent goes on with it. */
    void asked(Moment now, LiveTask task, KillPolicy policy, Outbox out) {
        boolean isShorter = kill(now, task, grace(task, policy), LiveTask.KillCause.ASKED, out);
        if (isShorter && task.killCause == LiveTask.KillCause.ASKED) {
            out.persist(intent(task));
        }
    }

    void timeIsUp(Moment now, LiveTask task, Outbox out) {
        kill(now, task, Duration.ZERO, LiveTask.KillCause.TIME_IS_UP, out);
    }

    /** Takes up a kill of before the agent's restart, ahead of what has become of the task. */
    void restore(Moment now, LiveTask task, KillPolicy policy) {
        task.killCause = LiveTask.KillCause.ASKED;
        task.killAfter(now, grace(task, policy));
    }

    private boolean kill(Moment now, LiveTask task, Duration grace, LiveTask.KillCause cause, Outbox out) {
        boolean isFirst = task.killCause == LiveTask.KillCause.NONE;
        if (isFirst) {
            task.killCause = cause;
        }
        boolean isShorter = task.killAfter(now, grace);
        if (isFirst && task.phase == LiveTask.Phase.RUNNING) {
            terminate(now, task, out);
        }
        return isShorter;
    }

    /** SIGTERM, to a task that has a process. */
    void terminate(Moment now, LiveTask task, Outbox out) {
        if (task.killCause == LiveTask.KillCause.ASKED
                && task.updates.latest() != TaskState.TASK_KILLING
                && frameworks.has(task.key.framework(), TASK_KILLING_STATE)) {
            Tasks.update(task, statuses.ofExecutor(now, task, TaskState.TASK_KILLING, ""), out);
        }
        task.graceBegins(now);
        out.add(new AgentEffect.Kill(task.key, task.containerId, /* force= */ false));
    }

    /** The call's policy, else the task's, else the default. */
    private Duration grace(LiveTask task, KillPolicy ofCall) {
        if (ofCall.hasGracePeriod()) {
            return Duration.ofNanos(ofCall.getGracePeriod().getNanoseconds());
        }
        if (task.info.getKillPolicy().hasGracePeriod()) {
            return Duration.ofNanos(task.info.getKillPolicy().getGracePeriod().getNanoseconds());
        }
        return settings.killGrace();
    }

    /** With the shortest grace period so far: replayed, it is the one that counts. */
    static JournalRecord.Builder intent(LiveTask task) {
        var intent = KillIntent.newBuilder()
                .setFrameworkId(Tasks.frameworkId(task.key))
                .setTaskId(task.info.getTaskId());
        task.killGrace()
                .ifPresent(grace -> intent.setKillPolicy(KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))));
        return JournalRecord.newBuilder().setKillIntent(intent);
    }
}
