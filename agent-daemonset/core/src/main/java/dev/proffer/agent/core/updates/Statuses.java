package dev.proffer.agent.core.updates;

import com.google.protobuf.ByteString;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.WallTime;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ContainerID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.NetworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes task statuses: with a fresh uuid, so that they have to be acknowledged. */
public final class Statuses {
    private final RandomGenerator chance;
    private final Optional<NetworkInfo> network;

    /** @param ip of the machine, whose network tasks share */
    public Statuses(RandomGenerator chance, Optional<String> ip) {
        this.chance = chance;
        this.network = ip.map(Statuses::reachedAt);
    }

    private static NetworkInfo reachedAt(String ip) {
        return NetworkInfo.newBuilder()
                .addIpAddresses(NetworkInfo.IPAddress.newBuilder()
                        .setProtocol(ip.contains(":") ? NetworkInfo.Protocol.IPv6 : NetworkInfo.Protocol.IPv4)
                        .setIpAddress(ip))
                .build();
    }

    /** Of a task in its container, as the built-in command executor reports it: its id is the task's. */
    public TaskStatus.Builder ofExecutor(Moment now, Container container, TaskState state) {
        var status = ofContainer(now, container, state, TaskStatus.Source.SOURCE_EXECUTOR);
        status.getContainerStatusBuilder()
                .setContainerId(ContainerID.newBuilder().setValue(container.id()));
        return status;
    }

    /** What the agent itself has to say of a task that it took on. */
    public TaskStatus.Builder ofAgent(Moment now, Container container, TaskState state) {
        return ofContainer(now, container, state, TaskStatus.Source.SOURCE_AGENT);
    }

    /** Of a task that this agent does not have. */
    public TaskStatus.Builder ofStranger(Moment now, TaskKey task, AgentID agent, TaskState state) {
        return fresh(now, task, state).setAgentId(agent).setSource(TaskStatus.Source.SOURCE_AGENT);
    }

    private TaskStatus.Builder ofContainer(Moment now, Container container, TaskState state, TaskStatus.Source source) {
        var task = container.task();
        var status = fresh(now, task, state)
                .setAgentId(AgentID.newBuilder().setValue(container.agent().value()))
                .setExecutorId(ExecutorID.newBuilder().setValue(task.task().value()))
                .setSource(source);
        network.ifPresent(info -> status.getContainerStatusBuilder().addNetworkInfos(info));
        return status;
    }

    private TaskStatus.Builder fresh(Moment now, TaskKey task, TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(task.taskId())
                .setState(state)
                .setTimestamp(WallTime.seconds(now.wall()))
                .setUuid(bytes(randomId()));
    }

    public String containerId() {
        return randomId().toString();
    }

    /** A random (version 4) UUID. */
    private UUID randomId() {
        long high = (chance.nextLong() & ~0xF000L) | 0x4000L;
        long low = (chance.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low);
    }

    private static ByteString bytes(UUID id) {
        var buffer = ByteBuffer.allocate(2 * Long.BYTES);
        buffer.putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        return ByteString.copyFrom(buffer);
    }
}
