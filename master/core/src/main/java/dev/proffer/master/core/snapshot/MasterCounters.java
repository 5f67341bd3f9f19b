package dev.proffer.master.core.snapshot;

import dev.proffer.protocol.v1.TaskState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What happened since this term began.
 *
 * @param tasksLaunched tasks sent to agents
 * @param tasksByLastState tasks that left the live ones, by the state they left it in
 * @param tasksRefused tasks of an ACCEPT that were refused (TASK_ERROR, TASK_DROPPED or TASK_LOST)
 * @param updatesForwarded status updates of agents that went to a framework
 * @param updatesInvalid status updates of agents for frameworks that the master does not know
 */
public record MasterCounters(
        long offersMade,
        long offersRescinded,
        long offersAccepted,
        long offersDeclined,
        long tasksLaunched,
        long tasksRefused,
        Map<TaskState, Long> tasksByLastState,
        long updatesForwarded,
        long updatesInvalid,
        long acknowledgementsInvalid,
        long agentsRegistered,
        long agentsReregistered,
        long agentsUnreachable,
        long agentsUnregistered,
        long frameworksSubscribed,
        long frameworksFailedOver,
        long frameworksRemoved) {
    public MasterCounters {
        var copy = new EnumMap<TaskState, Long>(TaskState.class);
        copy.putAll(tasksByLastState);
        tasksByLastState = Collections.unmodifiableMap(copy);
    }
}
