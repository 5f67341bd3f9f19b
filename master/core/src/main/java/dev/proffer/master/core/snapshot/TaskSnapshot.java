package dev.proffer.master.core.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task as the master knows it.
 *
 * @param role what its resources are allocated to
 * @param encodedInfo its TaskInfo, kept as bytes
 * @param state its latest state, which may be ahead of what its framework was told
 * @param reportedState the state in the last update that went to its framework
 * @param statuses its history without data; of updates in a row with the same state, the last
 */
public record TaskSnapshot(
        FrameworkId framework,
        TaskId id,
        AgentId agent,
        RolePath role,
        ByteString encodedInfo,
        Resources resources,
        TaskState state,
        Optional<TaskState> reportedState,
        List<TaskStatus> statuses) {
    public TaskSnapshot {
        statuses = List.copyOf(statuses);
    }

    /** Whether it holds its resources. */
    public boolean isLive() {
        return !TaskStates.isTerminal(state);
    }

    /** This task, ended with {@code last}. */
    public TaskSnapshot ended(TaskStatus last) {
        var history = new ArrayList<>(statuses);
        history.add(last);
        return new TaskSnapshot(
                framework, id, agent, role, encodedInfo, resources, last.getState(), reportedState, history);
    }

    /** Decodes the TaskInfo; costs as much, so call it on a reader's thread and once. */
    public TaskInfo info() {
        try {
            return TaskInfo.parseFrom(encodedInfo);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the TaskInfo kept for task " + id + " is damaged", e);
        }
    }
}
