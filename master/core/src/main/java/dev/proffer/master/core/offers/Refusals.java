package dev.proffer.master.core.offers;

import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.tasks.MasterStatus;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.Offer.Operation;
import dev.proffer.protocol.v1.OperationState;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.Optional;

/** Tells a framework which tasks and operations of its ACCEPT come to nothing, and why. */
final class Refusals {
    private final Cluster cluster;
    private final Outbox outbox;

    Refusals(Cluster cluster, Outbox outbox) {
        this.cluster = cluster;
        this.outbox = outbox;
    }

    /** The task itself is at fault. */
    void error(Moment now, Framework framework, TaskInfo task, TaskStatus.Reason reason, String problem) {
        refuse(now, framework, task, TaskState.TASK_ERROR, reason, problem);
    }

    /** The task is not at fault: it may be launched on another offer. */
    void dropped(Moment now, Framework framework, TaskInfo task, TaskStatus.Reason reason, String problem) {
        var state = framework.capabilities().partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
        refuse(now, framework, task, state, reason, problem);
    }

    private void refuse(
            Moment now, Framework framework, TaskInfo task, TaskState state, TaskStatus.Reason reason, String problem) {
        var status =
                MasterStatus.of(now, task.getTaskId(), state, reason, problem).setAgentId(task.getAgentId());
        if (task.getExecutor().hasExecutorId()) {
            status.setExecutorId(task.getExecutor().getExecutorId());
        }
        cluster.counters().count(Counter.TASKS_REFUSED);
        outbox.send(framework, Events.update(status.build()));
    }

    /** Only an operation with an id gets an answer, as in Mesos. */
    void error(Framework framework, Operation operation, Optional<AgentId> agent, String problem) {
        if (!operation.hasId()) {
            return;
        }
        var status = OperationStatus.newBuilder()
                .setOperationId(operation.getId())
                .setState(OperationState.OPERATION_ERROR)
                .setMessage(problem);
        agent.ifPresent(id -> status.setAgentId(WireIds.of(id)));
        outbox.send(framework, Events.updateOperation(status.build()));
    }
}
