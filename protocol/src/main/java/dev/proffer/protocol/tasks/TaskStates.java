package dev.proffer.protocol.tasks;

import dev.proffer.protocol.v1.TaskState;

/** What task states mean. */
public final class TaskStates {
    private TaskStates() {}

    /** Whether a task in that state has ended for good. An unreachable or unknown one may still come back. */
    public static boolean isTerminal(TaskState state) {
        return switch (state) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> true;
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
        };
    }
}
