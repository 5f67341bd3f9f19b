package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.updates.Updates;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.Task;
import java.util.ArrayList;
import java.util.List;

/** What runs here, cut into parts of about the same size for the master. */
public final class InventoryParts {
    private InventoryParts() {}

    public static List<Inventory> of(TaskTable table, Updates updates, int partBytes) {
        var parts = new ArrayList<Inventory>();
        var part = Inventory.newBuilder();
        int bytes = 0;
        for (var framework : table.frameworks().all()) {
            part.addFrameworks(framework);
            bytes += framework.getSerializedSize();
            if (bytes >= partBytes) {
                parts.add(part.setLast(false).build());
                part = Inventory.newBuilder();
                bytes = 0;
            }
        }
        for (var task : table.all()) {
            var view = view(task, updates);
            part.addTaskInfos(task.info()).addTasks(view);
            bytes += task.info().getSerializedSize() + view.getSerializedSize();
            if (bytes >= partBytes) {
                parts.add(part.setLast(false).build());
                part = Inventory.newBuilder();
                bytes = 0;
            }
        }
        parts.add(part.setLast(true).build());
        return parts;
    }

    private static Task view(AgentTask task, Updates updates) {
        var info = task.info();
        var key = task.key();
        var view = Task.newBuilder()
                .setName(info.getName())
                .setTaskId(key.taskId())
                .setFrameworkId(key.frameworkId())
                .setAgentId(
                        AgentID.newBuilder().setValue(task.container().agent().value()))
                .setState(updates.latestState(key))
                .addAllResources(info.getResourcesList())
                .putAllLimits(info.getLimitsMap());
        // As on Mesos' agents, what a status carries for its scheduler alone is not kept with the task.
        updates.latest(key)
                .ifPresent(status -> view.addStatuses(status.toBuilder().clearData()));
        updates.head(key)
                .ifPresent(
                        status -> view.setStatusUpdateState(status.getState()).setStatusUpdateUuid(status.getUuid()));
        if (info.hasLabels()) {
            view.setLabels(info.getLabels());
        }
        if (info.hasDiscovery()) {
            view.setDiscovery(info.getDiscovery());
        }
        if (info.hasContainer()) {
            view.setContainer(info.getContainer());
        }
        if (info.getCommand().hasUser()) {
            view.setUser(info.getCommand().getUser());
        }
        if (info.hasHealthCheck()) {
            view.setHealthCheck(info.getHealthCheck());
        }
        if (info.hasKillPolicy()) {
            view.setKillPolicy(info.getKillPolicy());
        }
        return view.build();
    }
}
