package dev.proffer.agent.core;

import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import java.util.List;
import java.util.Optional;

/** What readers of an agent see. Immutable. */
public record AgentSnapshot(
        Optional<String> agentId, boolean registered, Optional<TermHolder> leader, List<TaskView> tasks) {

    /** A task, and how many of its updates wait for an acknowledgement. */
    public record TaskView(
            TaskKey key, TaskInfo info, String containerId, TaskState state, int unacknowledgedUpdates) {}

    public AgentSnapshot {
        tasks = List.copyOf(tasks);
    }

    /** Tasks whose end has not been reported. */
    public long runningTasks() {
        return tasks.stream().filter(task -> !LiveTask.isTerminal(task.state())).count();
    }
}
