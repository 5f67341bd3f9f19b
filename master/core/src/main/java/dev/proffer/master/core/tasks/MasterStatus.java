package dev.proffer.master.core.tasks;

import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Instant;

/** Statuses that the master makes itself. They carry no uuid: sent once, and not acknowledged. */
public final class MasterStatus {
    private MasterStatus() {}

    public static TaskStatus.Builder of(
            Moment now, TaskID task, TaskState state, TaskStatus.Reason reason, String message) {
        return TaskStatus.newBuilder()
                .setTaskId(task)
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(reason)
                .setMessage(message)
                .setTimestamp(seconds(now.wall()));
    }

    /** With what its last status said of its health and its container. */
    public static TaskStatus.Builder of(
            Moment now, Task task, TaskState state, TaskStatus.Reason reason, String message) {
        var status = of(now, WireIds.of(task.id()), state, reason, message).setAgentId(WireIds.of(task.agent()));
        task.lastStatus().ifPresent(last -> {
            if (last.hasExecutorId()) {
                status.setExecutorId(last.getExecutorId());
            }
            if (last.hasHealthy()) {
                status.setHealthy(last.getHealthy());
            }
            if (last.hasCheckStatus()) {
                status.setCheckStatus(last.getCheckStatus());
            }
            if (last.hasContainerStatus()) {
                status.setContainerStatus(last.getContainerStatus());
            }
        });
        return status;
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }
}
