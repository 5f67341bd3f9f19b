package dev.proffer.agent.core;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.Task;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import java.time.Duration;
import java.util.Optional;

/**
 * A task that this agent was told to run, until the end of it is acknowledged.
 *
 * <pre>
 *   STARTING ──started──▶ RUNNING ──exited──▶ ENDED
 *      └───────not started──────────────────────▲
 * </pre>
 *
 * A kill may be wanted in any phase before ENDED; SIGTERM goes out once there is a process, SIGKILL at {@code killDeadline}.
 */
final class LiveTask {
    enum Phase {
        STARTING,
        RUNNING,
        ENDED
    }

    /** Why a task is being killed, which decides how its end is reported. */
    enum KillCause {
        NONE,
        ASKED,
        TIME_IS_UP
    }

    private static final Duration BETWEEN_SIGKILLS = Duration.ofSeconds(1);

    final TaskKey key;
    final TaskInfo info;
    final String containerId;
    final UpdateStream updates = new UpdateStream();
    Phase phase = Phase.STARTING;
    KillCause killCause = KillCause.NONE;

    /** When SIGKILL is due. */
    private long killDeadline = Long.MAX_VALUE;

    private Optional<Duration> killGrace = Optional.empty();

    /** When its max_completion_time is over. */
    private long completionDeadline = Long.MAX_VALUE;

    LiveTask(TaskKey key, TaskInfo info, String containerId) {
        this.key = key;
        this.info = info;
        this.containerId = containerId;
    }

    /** Starts the clock of max_completion_time, of which {@code used} has passed already. */
    void launched(Moment now, Duration used) {
        if (info.hasMaxCompletionTime()) {
            var left = Duration.ofNanos(info.getMaxCompletionTime().getNanoseconds())
                    .minus(used);
            completionDeadline = now.deadline(left);
        }
    }

    boolean isCompletionDue(Moment now) {
        return killCause == KillCause.NONE && now.reached(completionDeadline);
    }

    /** SIGKILL is due after {@code grace}; a second kill may only shorten what is left. True if it is the shortest so far. */
    boolean killAfter(Moment now, Duration grace) {
        killDeadline = Math.min(killDeadline, now.deadline(grace));
        boolean isShortest = killGrace.isEmpty() || grace.compareTo(killGrace.get()) < 0;
        if (isShortest) {
            killGrace = Optional.of(grace);
        }
        return isShortest;
    }

    /** The grace period counts from SIGTERM, which a task that is still being started gets later than its kill. */
    void graceBegins(Moment now) {
        killGrace.ifPresent(grace -> killDeadline = now.deadline(grace));
    }

    /** The shortest grace period that a kill came with; empty before the first. */
    Optional<Duration> killGrace() {
        return killGrace;
    }

    /** Whether SIGKILL is due; if so, the next one is due a little later, should this one not suffice. */
    boolean takeKillDue(Moment now) {
        if (phase != Phase.RUNNING || !now.reached(killDeadline)) {
            return false;
        }
        killDeadline = now.deadline(BETWEEN_SIGKILLS);
        return true;
    }

    void ended() {
        phase = Phase.ENDED;
        killDeadline = Long.MAX_VALUE;
        completionDeadline = Long.MAX_VALUE;
    }

    long nextDeadline() {
        return Math.min(updates.nextSend(), nextLocalDeadline());
    }

    /** What is due without a link. */
    long nextLocalDeadline() {
        long kill = phase == Phase.RUNNING ? killDeadline : Long.MAX_VALUE;
        long completion = killCause == KillCause.NONE ? completionDeadline : Long.MAX_VALUE;
        return Math.min(kill, completion);
    }

    /** How the master learns of it when the agent registers. */
    Task toTask() {
        var task = Task.newBuilder()
                .setName(info.getName())
                .setTaskId(info.getTaskId())
                .setFrameworkId(
                        FrameworkID.newBuilder().setValue(key.framework().value()))
                .setExecutorId(ExecutorID.newBuilder().setValue(key.task().value()))
                .setAgentId(info.getAgentId())
                .setState(updates.latest())
                .addAllResources(info.getResourcesList());
        updates.unacknowledged().forEach(task::addStatuses);
        updates.head()
                .ifPresent(head -> task.setStatusUpdateState(head.getState()).setStatusUpdateUuid(head.getUuid()));
        return task.build();
    }

    static boolean isTerminal(TaskState state) {
        return switch (state) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_LOST,
                    TASK_ERROR,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> true;
            case TASK_STARTING, TASK_RUNNING, TASK_STAGING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
        };
    }
}
