package dev.proffer.agent.core.tasks;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.ExitStatus;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.timers.Timer;
import dev.proffer.agent.core.updates.Statuses;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskResourceLimitation;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Value;
import java.time.Duration;
import java.time.Instant;

/** What becomes of containers, and what it means for their tasks. Reports about containers that are history are dropped. */
public final class Runs {
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private final TaskTable table;
    private final Updates updates;
    private final Statuses statuses;
    private final Kills kills;
    private final Timers<Timer> timers;

    public Runs(TaskTable table, Updates updates, Statuses statuses, Kills kills, Timers<Timer> timers) {
        this.table = table;
        this.updates = updates;
        this.statuses = statuses;
        this.kills = kills;
        this.timers = timers;
    }

    /** It was started, or found alive after a restart. */
    public void started(Moment now, AgentInput.TaskStarted report) {
        table.find(report.container()).filter(task -> !task.hasEnded()).ifPresent(task -> {
            task.running(report.pid());
            var kill = task.kill();
            var known = updates.reportedState(task.key());
            if (kill == null && known != TaskState.TASK_RUNNING && known != TaskState.TASK_KILLING) {
                var status = statuses.ofExecutor(now, task.container(), TaskState.TASK_RUNNING);
                task.pid().ifPresent(pid -> status.getContainerStatusBuilder().setExecutorPid((int) pid));
                updates.report(task.key(), status.build());
            }
            if (kill != null) {
                kills.begin(now, task, kill);
            }
        });
    }

    public void notStarted(Moment now, AgentInput.TaskNotStarted report) {
        table.find(report.container()).filter(task -> !task.hasEnded()).ifPresent(task -> {
            if (task.kill() != null) {
                killedDuringLaunch(now, task);
            } else {
                end(
                        task,
                        statuses.ofAgent(now, task.container(), TaskState.TASK_FAILED)
                                .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
                                .setMessage(report.reason()));
            }
        });
    }

    void killedDuringLaunch(Moment now, AgentTask task) {
        var kill = task.kill();
        var reason = kill != null && kill.drains()
                ? TaskStatus.Reason.REASON_AGENT_DRAINING
                : TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH;
        end(
                task,
                statuses.ofAgent(now, task.container(), TaskState.TASK_KILLED)
                        .setReason(reason)
                        .setMessage("killed before it was started"));
    }

    public void exited(Moment now, AgentInput.TaskExited report) {
        table.find(report.container())
                .filter(task -> !task.hasEnded())
                .ifPresent(task -> end(task, exitStatus(now, task, report.status())));
    }

    private TaskStatus.Builder killStatus(Moment now, AgentTask task, Kill kill) {
        return switch (kill.cause()) {
            case COMPLETION_TIME ->
                statuses.ofExecutor(now, task.container(), TaskState.TASK_FAILED)
                        .setReason(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
            case AGENT_DRAINING ->
                statuses.ofExecutor(now, task.container(), TaskState.TASK_KILLED)
                        .setReason(TaskStatus.Reason.REASON_AGENT_DRAINING);
            case AGENT_LEAVING -> {
                boolean aware = table.frameworks().can(task.key().framework(), PARTITION_AWARE);
                var state = aware ? TaskState.TASK_GONE_BY_OPERATOR : TaskState.TASK_KILLED;
                yield statuses.ofExecutor(now, task.container(), state)
                        .setReason(TaskStatus.Reason.REASON_AGENT_DRAINING);
            }
            case CALL, AGENT_STOPPING, FRAMEWORK_SHUT_DOWN, UNKNOWN ->
                statuses.ofExecutor(now, task.container(), TaskState.TASK_KILLED);
        };
    }

    private TaskStatus.Builder exitStatus(Moment now, AgentTask task, ExitStatus exit) {
        var message = ExitTexts.of(exit);
        var kill = task.kill();
        if (kill != null) {
            return killStatus(now, task, kill).setMessage(message);
        }
        return switch (exit) {
            case ExitStatus.Exited(int code) ->
                statuses.ofExecutor(now, task.container(), code == 0 ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED)
                        .setMessage(message);
            case ExitStatus.Signalled _ ->
                statuses.ofExecutor(now, task.container(), TaskState.TASK_FAILED)
                        .setMessage(message);
            case ExitStatus.OutOfMemory(var limit, var _) ->
                statuses.ofAgent(now, task.container(), TaskState.TASK_FAILED)
                        .setReason(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY)
                        .setMessage(message)
                        .setLimitation(TaskResourceLimitation.newBuilder().addResources(memory(limit)));
            case ExitStatus.Unknown _ ->
                statuses.ofAgent(now, task.container(), TaskState.TASK_FAILED)
                        .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                        .setMessage(message);
        };
    }

    private static Resource memory(long bytes) {
        return Resource.newBuilder()
                .setName("mem")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(bytes / BYTES_PER_MEBIBYTE))
                .build();
    }

    /** The agent stopped between the intent and the start, so that the task never ran; or all traces of it are lost. */
    public void notFound(Moment now, AgentInput.TaskNotFound report) {
        table.find(report.container()).filter(task -> !task.hasEnded()).ifPresent(task -> {
            if (task.kill() != null) {
                killedDuringLaunch(now, task);
                return;
            }
            if (updates.reportedState(task.key()) != TaskState.TASK_STARTING) {
                end(
                        task,
                        statuses.ofAgent(now, task.container(), TaskState.TASK_FAILED)
                                .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                                .setMessage("nothing is left of the task's process"));
                return;
            }
            boolean aware = table.frameworks().can(task.key().framework(), PARTITION_AWARE);
            var state = aware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
            end(
                    task,
                    statuses.ofAgent(now, task.container(), state)
                            .setReason(TaskStatus.Reason.REASON_AGENT_RESTARTED)
                            .setMessage("the agent was restarted before it started the task"));
        });
    }

    /** The machine was restarted since the task was taken on: no process of it is left. */
    void lostWithMachine(Moment now, AgentTask task) {
        var kill = task.kill();
        var state = kill == null || kill.cause() == KillIntent.Cause.COMPLETION_TIME
                ? TaskState.TASK_FAILED
                : TaskState.TASK_KILLED;
        end(
                task,
                statuses.ofAgent(now, task.container(), state)
                        .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                        .setMessage("the machine was restarted"));
    }

    /** As in Mesos, the time counts from the launch; it goes on while the agent is down. */
    void limitCompletionTime(Moment now, TaskInfo task, TaskKey key, Instant acceptedAt) {
        if (task.hasMaxCompletionTime()) {
            var limit = Duration.ofNanos(task.getMaxCompletionTime().getNanoseconds());
            var spent = Duration.between(acceptedAt, now.wall());
            var left = limit.minus(spent.isNegative() ? Duration.ZERO : spent);
            timers.set(new Timer.CompletionTime(key), now.deadline(left.isNegative() ? Duration.ZERO : left));
        }
    }

    private void end(AgentTask task, TaskStatus.Builder terminal) {
        task.ended();
        timers.cancel(new Timer.KillByForce(task.key()));
        timers.cancel(new Timer.CompletionTime(task.key()));
        updates.report(task.key(), terminal.build());
    }
}
