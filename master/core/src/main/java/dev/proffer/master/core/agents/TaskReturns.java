package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.RoleChoice;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.tasks.MasterStatus;
import dev.proffer.master.core.validation.FrameworkValidation;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReconcileTasks;
import dev.proffer.protocol.link.ShutDownFramework;
import dev.proffer.protocol.link.UpdateFramework;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Brings what the master knows and what a returning agent runs to agreement. */
final class TaskReturns {
    private final Cluster cluster;
    private final Books books;
    private final Kills kills;
    private final Outbox outbox;

    TaskReturns(Desk desk, Kills kills) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.kills = kills;
        this.outbox = desk.outbox();
    }

    /** Frameworks that this master does not know are known from now on; their schedulers may come later. */
    void recoverFrameworks(Moment now, SequencedMap<FrameworkId, FrameworkInfo> frameworks) {
        frameworks.forEach((id, info) -> {
            if (cluster.frameworks().find(id).isEmpty()
                    && !cluster.frameworks().completed().contains(id)) {
                var roles = FrameworkValidation.rolesOf(info).stream()
                        .map(RolePath::new)
                        .toList();
                var choice = new RoleChoice(roles, List.of(), Optional.empty());
                books.added(now, cluster.frameworks().add(info, choice, now.wall()));
            }
        });
    }

    /** All tasks of an agent that this master did not know, or had given up. */
    void takeIn(Moment now, Agent agent, InventoryReader.Result.Read inventory) {
        shutDownRemoved(agent, inventory.frameworks().keySet());
        for (var task : inventory.tasks()) {
            cluster.frameworks().find(task.framework()).ifPresent(framework -> {
                framework.noLongerUnreachable(task.id());
                cluster.tasks().add(task);
                outbox.send(framework, Events.update(returned(now, task)));
            });
        }
    }

    private static TaskStatus returned(Moment now, Task task) {
        return MasterStatus.of(
                        now,
                        task,
                        task.state(),
                        TaskStatus.Reason.REASON_AGENT_REREGISTERED,
                        "The task's agent registered again")
                .build();
    }

    /** Tasks that only the agent of a known pair knows, such as one whose final acknowledgement did not reach it. */
    boolean takeInNews(Agent agent, InventoryReader.Result.Read inventory) {
        shutDownRemoved(agent, inventory.frameworks().keySet());
        boolean news = false;
        for (var task : inventory.tasks()) {
            boolean unknown = agent.task(task.framework(), task.id()).isEmpty();
            if (unknown && cluster.frameworks().find(task.framework()).isPresent()) {
                cluster.tasks().add(task);
                news |= task.isLive();
            }
        }
        return news;
    }

    private void shutDownRemoved(Agent agent, Collection<FrameworkId> frameworks) {
        for (var id : frameworks) {
            if (cluster.frameworks().completed().contains(id)) {
                outbox.send(
                        agent,
                        MasterFrame.newBuilder()
                                .setShutDownFramework(
                                        ShutDownFramework.newBuilder().setFrameworkId(WireIds.of(id))));
            }
        }
    }

    /** Tasks that only the master knows: the agent says what became of them. */
    void reconcile(Agent agent, List<Task> inventory) {
        record Key(FrameworkId framework, TaskId task) {}
        var reported = new LinkedHashSet<Key>();
        inventory.forEach(task -> reported.add(new Key(task.framework(), task.id())));
        var request = ReconcileTasks.newBuilder();
        for (var task : agent.tasks()) {
            if (!reported.contains(new Key(task.framework(), task.id()))) {
                request.addTasks(ReconcileTasks.Entry.newBuilder()
                        .setFrameworkId(WireIds.of(task.framework()))
                        .setTaskId(WireIds.of(task.id()))
                        .setPartitionAware(cluster.frameworks()
                                .find(task.framework())
                                .orElseThrow()
                                .capabilities()
                                .partitionAware()));
            }
        }
        if (request.getTasksCount() > 0) {
            outbox.send(agent, MasterFrame.newBuilder().setReconcileTasks(request));
        }
    }

    /** What the agent missed while it was away: kills, and how its frameworks describe themselves by now. */
    void repeatWishes(Agent agent, SequencedMap<FrameworkId, FrameworkInfo> frameworks) {
        frameworks.forEach((id, info) -> cluster.frameworks()
                .find(id)
                .filter(framework -> !framework.info().equals(info))
                .ifPresent(framework -> outbox.send(
                        agent,
                        MasterFrame.newBuilder()
                                .setUpdateFramework(UpdateFramework.newBuilder().setFramework(framework.info())))));
        kills.repeat(agent);
    }
}
