package dev.proffer.master.core.tasks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.model.Moment;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.scheduler.Call;
import java.time.Duration;
import java.util.Optional;

/** Kills tasks at their frameworks' wish, which outlives a lost link. */
public final class Kills {
    private final Cluster cluster;
    private final Reconciliation reconciliation;
    private final Outbox outbox;

    public Kills(Desk desk, Reconciliation reconciliation) {
        this.cluster = desk.cluster();
        this.reconciliation = reconciliation;
        this.outbox = desk.outbox();
    }

    /** As in Mesos: a task that is not known here is reconciled; one on another agent than the call says is left alone. */
    public void kill(Moment now, Framework framework, Call.Kill call) {
        var id = new TaskId(call.getTaskId().getValue());
        var task = framework.task(id);
        if (task.isEmpty()) {
            reconciliation.answer(
                    now, framework, id, call.hasAgentId() ? Optional.of(call.getAgentId()) : Optional.empty());
            return;
        }
        var known = task.get();
        if (call.hasAgentId()
                && !call.getAgentId().getValue().equals(known.agent().value())) {
            return;
        }
        known.requestKill(
                new Task.KillRequest(call.hasKillPolicy() ? Optional.of(call.getKillPolicy()) : Optional.empty()));
        cluster.agents().find(known.agent()).ifPresent(agent -> send(agent, known));
    }

    /**
     * The task's agent is drained. As in Mesos, the grace is the task's own unless the drain's is shorter.
     */
    public void drain(Agent agent, Task task, Drain drain) {
        var kill = KillTask.newBuilder()
                .setFrameworkId(WireIds.of(task.framework()))
                .setTaskId(WireIds.of(task.id()))
                .setDraining(true)
                .setMarkGone(drain.markGone());
        drain.maxGracePeriod()
                .map(Duration::toNanos)
                .filter(nanos -> nanos < ownGrace(task))
                .ifPresent(nanos ->
                        kill.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(nanos));
        outbox.send(agent, MasterFrame.newBuilder().setKillTask(kill));
    }

    /** In nanoseconds; endless for a task that names none. */
    private static long ownGrace(Task task) {
        var policy = task.snapshot().info().getKillPolicy();
        return policy.hasGracePeriod() ? policy.getGracePeriod().getNanoseconds() : Long.MAX_VALUE;
    }

    /** The agent is back: what should be killed, and may not know it. */
    public void repeat(Agent agent) {
        for (var task : agent.tasks()) {
            if (task.isLive()) {
                send(agent, task);
            }
        }
    }

    private void send(Agent agent, Task task) {
        task.killRequest().ifPresent(request -> {
            var kill = KillTask.newBuilder()
                    .setFrameworkId(WireIds.of(task.framework()))
                    .setTaskId(WireIds.of(task.id()));
            request.policy().ifPresent(kill::setKillPolicy);
            outbox.send(agent, MasterFrame.newBuilder().setKillTask(kill));
        });
    }
}
