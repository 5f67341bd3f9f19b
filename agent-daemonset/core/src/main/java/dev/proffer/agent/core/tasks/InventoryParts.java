package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.updates.Updates;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Task;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.ArrayList;
import java.util.List;

/** What runs here, cut into parts that fit into frames: one is above the bound only by being a single entry. */
public final class InventoryParts {
    private final int partBytes;
    private final List<Inventory> parts = new ArrayList<>();
    private Inventory.Builder part = Inventory.newBuilder();
    private long bytes;

    private InventoryParts(int partBytes) {
        this.partBytes = partBytes;
    }

    public static List<Inventory> of(TaskTable table, Updates updates, int partBytes) {
        var parts = new InventoryParts(partBytes);
        table.frameworks().all().forEach(parts::add);
        table.all().forEach(task -> parts.add(task.info(), view(task, updates)));
        return parts.finished();
    }

    private void add(FrameworkInfo framework) {
        makeRoom(framework.getSerializedSize());
        part.addFrameworks(framework);
    }

    private void add(TaskInfo info, Task view) {
        makeRoom(info.getSerializedSize() + view.getSerializedSize());
        part.addTaskInfos(info).addTasks(view);
    }

    private void makeRoom(long more) {
        if (bytes > 0 && bytes + more > partBytes) {
            parts.add(part.setLast(false).build());
            part = Inventory.newBuilder();
            bytes = 0;
        }
        bytes += more;
    }

    private List<Inventory> finished() {
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
