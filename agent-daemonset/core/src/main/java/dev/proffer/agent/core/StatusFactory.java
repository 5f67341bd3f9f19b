package dev.proffer.agent.core;

import com.google.protobuf.ByteString;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ContainerID;
import dev.proffer.protocol.v1.ContainerStatus;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.random.RandomGenerator;

/** Makes status updates, each with a uuid of its own. */
final class StatusFactory {
    private static final int UUID_BYTES = 16;

    private final RandomGenerator chance;

    StatusFactory(RandomGenerator chance) {
        this.chance = chance;
    }

    /** What the built-in executor says. */
    TaskStatus.Builder ofExecutor(Moment now, LiveTask task, TaskState state, String message) {
        return status(now, task, state, message).setSource(TaskStatus.Source.SOURCE_EXECUTOR);
    }

    /** What the agent itself says. */
    TaskStatus.Builder ofAgent(Moment now, LiveTask task, TaskState state, TaskStatus.Reason reason, String message) {
        return status(now, task, state, message)
                .setSource(TaskStatus.Source.SOURCE_AGENT)
                .setReason(reason);
    }

    /** Of a task that is not here. It has a uuid, but nobody repeats it: the master asks again if it must. */
    TaskStatus unknownTask(Moment now, TaskID task, AgentID agent, TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(task)
                .setState(state)
                .setAgentId(agent)
                .setTimestamp(now.wall().toEpochMilli() / 1000.0)
                .setSource(TaskStatus.Source.SOURCE_AGENT)
                .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                .setMessage("The agent does not know this task")
                .setUuid(uuid())
                .build();
    }

    private TaskStatus.Builder status(Moment now, LiveTask task, TaskState state, String message) {
        var status = TaskStatus.newBuilder()
                .setTaskId(task.info.getTaskId())
                .setState(state)
                .setAgentId(task.info.getAgentId())
                .setExecutorId(ExecutorID.newBuilder().setValue(task.key.task().value()))
                .setTimestamp(now.wall().toEpochMilli() / 1000.0)
                .setUuid(uuid())
                .setContainerStatus(ContainerStatus.newBuilder()
                        .setContainerId(ContainerID.newBuilder().setValue(task.containerId)));
        if (!message.isEmpty()) {
            status.setMessage(message);
        }
        return status;
    }

    ByteString uuid() {
        var bytes = new byte[UUID_BYTES];
        chance.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    /** An id for a new container: as unlikely to repeat as a uuid. */
    String containerId() {
        return String.format("%016x%016x", chance.nextLong(), chance.nextLong());
    }
}
