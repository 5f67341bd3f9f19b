package dev.proffer.agent.core;

import dev.proffer.agent.core.registration.Phase;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * What an agent was at one moment; immutable.
 *
 * @param trouble why it is not registered; empty if nothing is known to be wrong
 * @param leader the master that it obeys
 * @param capacity what it can offer, and why it is not all
 */
public record AgentSnapshot(
        Optional<String> agentId,
        Phase phase,
        String trouble,
        Optional<TermHolder> leader,
        Capacity capacity,
        List<FrameworkInfo> frameworks,
        List<TaskView> tasks) {

    /** @param unacknowledged updates that its framework has not acknowledged */
    public record TaskView(Container container, TaskInfo info, TaskState state, int unacknowledged) {}

    /** Tasks that have not ended, as far as is on disk. */
    public long runningTasks() {
        return tasks.stream()
                .filter(task -> !TaskStates.isTerminal(task.state()))
                .count();
    }

    public boolean isRegistered() {
        return phase == Phase.REGISTERED;
    }
}
