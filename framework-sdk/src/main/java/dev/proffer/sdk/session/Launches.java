package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What an ACCEPT launches, and what to say of its tasks when it does not get through. */
final class Launches {
    private Launches() {}

    static List<TaskInfo> tasks(Call call) {
        var tasks = new ArrayList<TaskInfo>();
        for (var operation : call.getAccept().getOperationsList()) {
            tasks.addAll(operation.getLaunch().getTaskInfosList());
            tasks.addAll(operation.getLaunchGroup().getTaskGroup().getTasksList());
        }
        return tasks;
    }

    /** Whether it does anything but launch tasks. */
    static boolean hasOtherOperations(Call call) {
        return call.getAccept().getOperationsList().stream()
                .anyMatch(operation -> operation.getType() != Offer.Operation.Type.LAUNCH
                        && operation.getType() != Offer.Operation.Type.LAUNCH_GROUP);
    }

    /** As Mesos' driver has it: a task that never got to the master is lost, in the words that the framework understands. */
    static TaskStatus notLaunched(
            FrameworkInfo framework, TaskInfo task, TaskStatus.Reason reason, String message, Instant now) {
        boolean partitionAware = framework.getCapabilitiesList().stream()
                .anyMatch(capability -> capability.getType() == Capability.Type.PARTITION_AWARE);
        return TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setAgentId(task.getAgentId())
                .setState(partitionAware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(reason)
                .setMessage(message)
                .setTimestamp(now.toEpochMilli() / 1000.0)
                .build();
    }
}
