package dev.proffer.master.core.cluster;

import dev.proffer.protocol.v1.TaskState;

/** What the states of tasks mean. */
public final class TaskStates {
    private TaskStates() {}

    /** Whether a task in this state has ended for good. UNREACHABLE and UNKNOWN are not the end. */
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
