package dev.proffer.agent.core.tasks;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.WallTime;
import dev.proffer.agent.core.effects.Outbox;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.core.journal.RememberedTask;
import dev.proffer.agent.core.updates.Updates;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.AgentID;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes up the tasks of before a restart: their containers are looked for, and until it is known what became of each, the
 * agent shows itself to no master.
 */
public final class Recovery {
    private final String bootId;
    private final TaskTable table;
    private final Updates updates;
    private final Kills kills;
    private final Runs runs;
    private final Outbox outbox;
    private final TreeSet<TaskKey> rebooted = new TreeSet<>();

    /** Live tasks of frameworks that are shut down. */
    private final TreeSet<TaskKey> orphaned = new TreeSet<>();

    public Recovery(String bootId, TaskTable table, Updates updates, Kills kills, Runs runs, Outbox outbox) {
        this.bootId = bootId;
        this.table = table;
        this.updates = updates;
        this.kills = kills;
        this.runs = runs;
        this.outbox = outbox;
    }

    /** Before anything else happens. */
    public void restore(Moment now, AgentMemory memory) {
        memory.frameworks().values().forEach(known -> table.frameworks().put(known.info(), known.shutDown()));
        memory.tasks().forEach((key, task) -> restore(now, key, task));
    }

    private void restore(Moment now, TaskKey key, RememberedTask remembered) {
        var intent = remembered.intent();
        var info = intent.getTask();
        var container = new Container(new AgentId(info.getAgentId().getValue()), key, intent.getContainerId());
        var phase = remembered.hasEnded() ? AgentTask.Phase.ENDED : AgentTask.Phase.RECOVERING;
        var task = new AgentTask(info, container, phase);
        table.add(task);
        updates.restore(key, remembered.lastAcknowledged(), remembered.unacknowledged());
        if (remembered.hasEnded()) {
            return;
        }
        remembered.kill().ifPresent(kill -> kills.resume(now, task, kill));
        if (remembered.kill().isEmpty() && table.frameworks().isShutDown(key.framework())) {
            orphaned.add(key);
        } else if (remembered.kill().isEmpty()) {
            runs.limitCompletionTime(now, info, key, WallTime.ofNanos(intent.getAcceptedAtNanos()));
        }
        if (!intent.getBootId().equals(bootId)) {
            rebooted.add(key);
        }
    }

    /**
     * Looks for the containers; those of before a reboot cannot be found.
     *
     * @param agentId all tasks of another one are disowned
     */
    public void begin(Moment now, Optional<AgentID> agentId) {
        outbox.add(new AgentEffect.Sweep(
                table.all().stream().map(task -> task.container().id()).toList()));
        if (table.all().stream().anyMatch(task -> isOfAnother(task, agentId))) {
            kills.disown(now);
        }
        orphaned.forEach(key -> table.find(key).ifPresent(task -> kills.resumeShutDown(now, task)));
        orphaned.clear();
        for (var task : table.all()) {
            if (rebooted.contains(task.key())) {
                runs.lostWithMachine(now, task);
            } else if (task.phase() == AgentTask.Phase.RECOVERING) {
                outbox.add(new AgentEffect.Find(task.container()));
            }
        }
        rebooted.clear();
    }

    /**
     * Whether it is known of each task what became of it, and whether nothing runs that belongs to an id that this agent no
     * longer has: what such a task uses cannot be offered, and no master knows of it.
     */
    public boolean isOver(Optional<AgentID> agentId) {
        return table.all().stream()
                .noneMatch(task ->
                        task.phase() == AgentTask.Phase.RECOVERING || (!task.hasEnded() && isOfAnother(task, agentId)));
    }

    private static boolean isOfAnother(AgentTask task, Optional<AgentID> agentId) {
        var owner = task.container().agent().value();
        return agentId.filter(id -> id.getValue().equals(owner)).isEmpty();
    }
}
