package dev.proffer.master.core.tasks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.outbox.WireTimes;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;

/** Tells a framework what its tasks have come to, as far as the master knows. Answers are not acknowledged. */
public final class Reconciliation {
    private final Cluster cluster;
    private final Outbox outbox;

    public Reconciliation(Desk desk) {
        this.cluster = desk.cluster();
        this.outbox = desk.outbox();
    }

    /** Without tasks: all that the master has, ended or not, but neither unreachable nor completed ones. */
    public void reconcile(Moment now, Framework framework, Call.Reconcile call) {
        if (call.getTasksCount() == 0) {
            for (var task : List.copyOf(framework.tasks())) {
                send(framework, latest(now, task));
            }
        }
        for (var asked : call.getTasksList()) {
            answer(
                    now,
                    framework,
                    new TaskId(asked.getTaskId().getValue()),
                    asked.hasAgentId() ? Optional.of(asked.getAgentId()) : Optional.empty());
        }
    }

    /** Answers for one task; the first rule that matches decides, as in Mesos' explicit reconciliation. */
    void answer(Moment now, Framework framework, TaskId task, Optional<AgentID> askedAgent) {
        var known = framework.task(task);
        if (known.isPresent()) {
            send(framework, latest(now, known.get()));
            return;
        }
        var agent = askedAgent.map(wire -> new AgentId(wire.getValue()));
        boolean tooEarly = agent.isPresent()
                ? cluster.agents().mayReturn(agent.get(), now)
                : cluster.agents().absent().someMayReturn(now);
        if (!tooEarly) {
            send(framework, unknown(now, framework, task, agent));
        }
    }

    private static TaskStatus.Builder latest(Moment now, Task task) {
        return MasterStatus.of(
                now,
                task,
                task.knownState(),
                TaskStatus.Reason.REASON_RECONCILIATION,
                "Reconciliation: the task's latest state");
    }

    private TaskStatus.Builder unknown(Moment now, Framework framework, TaskId task, Optional<AgentId> agent) {
        if (agent.isEmpty()) {
            return status(now, framework, task, TaskState.TASK_UNKNOWN, "the task is not known");
        }
        var id = agent.get();
        if (cluster.agents().find(id).isPresent()) {
            return status(now, framework, task, TaskState.TASK_GONE, "the agent does not know the task")
                    .setAgentId(WireIds.of(id));
        }
        var absent = cluster.agents().absent().find(id);
        return absent.map(known -> ofAbsent(now, framework, task, known))
                .orElseGet(() -> status(now, framework, task, TaskState.TASK_UNKNOWN, "the task is not known"))
                .setAgentId(WireIds.of(id));
    }

    private static TaskStatus.Builder ofAbsent(Moment now, Framework framework, TaskId task, RegisteredAgent agent) {
        return switch (agent.standing()) {
            case ADMITTED -> status(now, framework, task, TaskState.TASK_UNKNOWN, "the task is not known");
            case UNREACHABLE ->
                status(now, framework, task, TaskState.TASK_UNREACHABLE, "the task's agent is unreachable")
                        .setUnreachableTime(WireTimes.of(agent.since()));
            case GONE -> status(now, framework, task, TaskState.TASK_GONE_BY_OPERATOR, "the task's agent is gone");
        };
    }

    private static TaskStatus.Builder status(
            Moment now, Framework framework, TaskId task, TaskState precise, String message) {
        var state = framework.capabilities().partitionAware() ? precise : TaskState.TASK_LOST;
        return MasterStatus.of(
                now, WireIds.of(task), state, TaskStatus.Reason.REASON_RECONCILIATION, "Reconciliation: " + message);
    }

    private void send(Framework framework, TaskStatus.Builder status) {
        outbox.send(framework, Events.update(status.build()));
    }
}
