package dev.proffer.agent.core;

import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;

/** How the end of a task's process is reported, as Mesos' command executor does. */
final class TaskEnd {
    private TaskEnd() {}

    static TaskStatus.Builder status(StatusFactory statuses, Moment now, LiveTask task, ExitStatus exit) {
        var message = message(exit);
        return switch (task.killCause) {
            case ASKED -> statuses.ofExecutor(now, task, TaskState.TASK_KILLED, message);
            case TIME_IS_UP ->
                statuses.ofExecutor(now, task, TaskState.TASK_FAILED, "Killed at the end of max_completion_time")
                        .setReason(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
            case NONE ->
                switch (exit) {
                    case ExitStatus.Code(var code)
                    when code == 0 -> statuses.ofExecutor(now, task, TaskState.TASK_FINISHED, message);
                    case ExitStatus.Code _, ExitStatus.Signalled _ ->
                        statuses.ofExecutor(now, task, TaskState.TASK_FAILED, message);
                    case ExitStatus.Unknown _ ->
                        statuses.ofAgent(
                                now,
                                task,
                                TaskState.TASK_FAILED,
                                TaskStatus.Reason.REASON_EXECUTOR_TERMINATED,
                                message);
                };
        };
    }

    private static String message(ExitStatus exit) {
        return switch (exit) {
            case ExitStatus.Code(var code) -> "Command exited with status " + code;
            case ExitStatus.Signalled(var signal) -> "Command was ended by signal " + signal;
            case ExitStatus.Unknown(var reason) -> reason;
        };
    }
}
