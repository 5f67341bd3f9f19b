package dev.proffer.master.core.tasks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.outbox.WireTimes;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.util.List;

/** What becomes of tasks whose agent or framework is lost. */
public final class TaskLosses {
    private static final String EXPELLED = "The task's agent was declared gone";

    private final Cluster cluster;
    private final TaskProgress progress;
    private final Outbox outbox;

    public TaskLosses(Desk desk, TaskProgress progress) {
        this.cluster = desk.cluster();
        this.progress = progress;
        this.outbox = desk.outbox();
    }

    /** The tasks may come back with their agent. */
    public void agentUnreachable(Moment now, Agent agent) {
        for (var task : List.copyOf(agent.tasks())) {
            var framework = cluster.frameworks().find(task.framework()).orElseThrow();
            if (endsKnown(now, framework, task)) {
                continue;
            }
            var state = stateFor(framework, TaskState.TASK_UNREACHABLE);
            var status = MasterStatus.of(
                            now, task, state, Reason.REASON_AGENT_REMOVED, "The task's agent is unreachable")
                    .setUnreachableTime(WireTimes.of(now.wall()))
                    .build();
            progress.record(now, task, status);
            cluster.tasks().lose(task);
            outbox.send(framework, Events.update(status));
        }
    }

    /** The tasks are gone with their agent. */
    public void agentGone(Moment now, Agent agent, String cause) {
        for (var task : List.copyOf(agent.tasks())) {
            end(now, task, TaskState.TASK_GONE, cause);
        }
    }

    /** The tasks are gone with their agent, since people wish so. */
    public void agentExpelled(Moment now, Agent agent) {
        for (var task : List.copyOf(agent.tasks())) {
            end(now, task, TaskState.TASK_GONE_BY_OPERATOR, EXPELLED);
        }
    }

    /** Tasks that may have come back with their unreachable agent will not: they are history. */
    public void agentWrittenOff(Moment now, AgentId agent) {
        for (var framework : cluster.frameworks().all()) {
            for (var task : List.copyOf(framework.unreachableTasks().all())) {
                if (task.agent().equals(agent)) {
                    var state = stateFor(framework, TaskState.TASK_GONE_BY_OPERATOR);
                    var status = MasterStatus.of(now, WireIds.of(task.id()), state, reasonFor(state), EXPELLED)
                            .setAgentId(WireIds.of(agent))
                            .build();
                    framework.writeOff(task, status);
                    outbox.send(framework, Events.update(status));
                }
            }
        }
    }

    private void end(Moment now, Task task, TaskState precise, String cause) {
        var framework = cluster.frameworks().find(task.framework()).orElseThrow();
        if (endsKnown(now, framework, task)) {
            return;
        }
        var state = stateFor(framework, precise);
        var status = MasterStatus.of(now, task, state, reasonFor(state), cause).build();
        progress.record(now, task, status);
        cluster.tasks().complete(task);
        outbox.send(framework, Events.update(status));
    }

    /** As in Mesos: frameworks that do not know the state do not get its reason either. */
    private static Reason reasonFor(TaskState state) {
        return state == TaskState.TASK_GONE_BY_OPERATOR
                ? Reason.REASON_AGENT_REMOVED_BY_OPERATOR
                : Reason.REASON_AGENT_REMOVED;
    }

    /**
     * A task that ended before its agent was lost keeps its end: nobody will send that update again, so the framework is
     * told here.
     */
    private boolean endsKnown(Moment now, Framework framework, Task task) {
        if (task.isLive()) {
            return false;
        }
        cluster.tasks().complete(task);
        outbox.send(
                framework,
                Events.update(MasterStatus.of(
                                now,
                                task,
                                task.state(),
                                Reason.REASON_AGENT_REMOVED,
                                "The task had ended before its agent was lost")
                        .build()));
        return true;
    }

    /** Its tasks, unreachable ones too, are history as killed. Nobody is told: the framework is no more. */
    public void frameworkRemoved(Moment now, Framework framework) {
        for (var task : List.copyOf(framework.tasks())) {
            var status = MasterStatus.of(
                    now, task, TaskState.TASK_KILLED, Reason.REASON_FRAMEWORK_REMOVED, "The framework was removed");
            progress.record(now, task, status.build());
            cluster.tasks().complete(task);
        }
        framework.abandonUnreachable(task -> MasterStatus.of(
                        now,
                        WireIds.of(task.id()),
                        TaskState.TASK_KILLED,
                        Reason.REASON_FRAMEWORK_REMOVED,
                        "The framework was removed")
                .setAgentId(WireIds.of(task.agent()))
                .build());
    }

    private static TaskState stateFor(Framework framework, TaskState precise) {
        return framework.capabilities().partitionAware() ? precise : TaskState.TASK_LOST;
    }
}
