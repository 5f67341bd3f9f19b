package dev.proffer.master.core.tasks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.tasks.TaskStates;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;

/**
 * Passes agents' updates on to frameworks, and their acknowledgements back. The agent sends an update again until it is
 * acknowledged, so what cannot be delivered now is dropped here.
 */
public final class StatusUpdates {
    private final Cluster cluster;
    private final TaskProgress progress;
    private final Outbox outbox;

    public StatusUpdates(Desk desk, TaskProgress progress) {
        this.cluster = desk.cluster();
        this.progress = progress;
        this.outbox = desk.outbox();
    }

    /** As in Mesos: forwarded even for a task that the master does not know; the latest state counts, delivered or not. */
    public void update(Moment now, Agent agent, StatusUpdate update) {
        var framework = framework(update);
        if (framework.isEmpty()) {
            cluster.counters().count(Counter.UPDATES_INVALID);
            return;
        }
        var status = complete(now, agent, update.getStatus());
        var task =
                agent.task(framework.get().id(), new TaskId(status.getTaskId().getValue()));
        boolean delivered = forward(framework.get(), status);
        task.ifPresent(known -> {
            if (delivered && status.hasUuid()) {
                cluster.tasks().reported(known, status);
            }
            progress.record(now, known, status, latest(update));
        });
    }

    /** Ahead of the status, if anything: what has ended does not run. */
    private static TaskState latest(StatusUpdate update) {
        var state = update.getStatus().getState();
        return TaskStates.isTerminal(state) ? state : update.getLatestState();
    }

    private Optional<Framework> framework(StatusUpdate update) {
        var id = update.getFrameworkId().getValue();
        return id.isEmpty() || update.getStatus().getTaskId().getValue().isEmpty()
                ? Optional.empty()
                : cluster.frameworks().find(new FrameworkId(id));
    }

    private boolean forward(Framework framework, TaskStatus status) {
        if (!framework.isConnected()) {
            return false;
        }
        outbox.send(framework, Events.update(status));
        cluster.counters().count(Counter.UPDATES_FORWARDED);
        return true;
    }

    /** Some frameworks drop updates that do not say where they come from. */
    private static TaskStatus complete(Moment now, Agent agent, TaskStatus status) {
        var complete = status.toBuilder().setAgentId(WireIds.of(agent.id()));
        if (!status.hasTimestamp()) {
            complete.setTimestamp(MasterStatus.seconds(now.wall()));
        }
        return complete.build();
    }

    /** A task whose last update was terminal is done with. Dropped if the update did not pass through this master. */
    public void acknowledge(Framework framework, Call.Acknowledge call) {
        var agent = cluster.agents().find(new AgentId(call.getAgentId().getValue()));
        if (agent.isEmpty() || agent.get().link().isEmpty()) {
            cluster.counters().count(Counter.ACKNOWLEDGEMENTS_INVALID);
            return;
        }
        var task = agent.get().task(framework.id(), new TaskId(call.getTaskId().getValue()));
        if (task.isPresent() && task.get().report().isEmpty()) {
            cluster.counters().count(Counter.ACKNOWLEDGEMENTS_INVALID);
            return;
        }
        task.filter(known -> isFinal(known.report(), call)).ifPresent(cluster.tasks()::complete);
        outbox.send(
                agent.get(),
                MasterFrame.newBuilder()
                        .setAcknowledgeStatus(AcknowledgeStatus.newBuilder()
                                .setFrameworkId(WireIds.of(framework.id()))
                                .setTaskId(call.getTaskId())
                                .setUuid(call.getUuid())));
    }

    private static boolean isFinal(Optional<Task.Report> report, Call.Acknowledge call) {
        return report.filter(last -> TaskStates.isTerminal(last.state()))
                .filter(last -> last.uuid().equals(call.getUuid()))
                .isPresent();
    }
}
