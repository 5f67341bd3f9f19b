package dev.proffer.master.core.maintenance;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Empties agents at people's wish. Frameworks that were asked to leave have some time; then tasks are killed. As in Mesos,
 * an agent is drained once the last end of a task there is acknowledged, and stays without offers until the wish is taken
 * back.
 */
public final class Drains {
    private final Cluster cluster;
    private final Kills kills;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Drains(Desk desk, Kills kills) {
        this.cluster = desk.cluster();
        this.kills = kills;
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    /** The wish changed, or the agent is back. */
    void review(Moment now, Agent agent) {
        agent.prospects().policy().drain().ifPresentOrElse(drain -> proceed(now, agent, drain), () -> end(agent));
    }

    private void end(Agent agent) {
        agent.prospects().draining(Optional.empty());
        timers.cancel(new Timer.DrainDue(agent.id()));
    }

    private void proceed(Moment now, Agent agent, Drain drain) {
        var begun = agent.prospects().draining().orElseGet(() -> new Draining(now.wall(), /* done= */ false));
        boolean empty = agent.tasks().isEmpty();
        agent.prospects().draining(Optional.of(new Draining(begun.since(), begun.done() && empty)));
        if (empty) {
            cluster.agents().emptied(agent);
        }
        var left = Duration.between(now.wall(), begun.since().plus(drain.after()));
        if (left.isPositive()) {
            timers.set(new Timer.DrainDue(agent.id()), now.deadline(left));
        } else {
            timers.cancel(new Timer.DrainDue(agent.id()));
            kill(agent, drain);
        }
    }

    /** The timer's work: those who did not leave have had their time. */
    public void due(AgentId id) {
        cluster.agents()
                .find(id)
                .ifPresent(agent -> agent.prospects().policy().drain().ifPresent(drain -> kill(agent, drain)));
    }

    private void kill(Agent agent, Drain drain) {
        for (var task : List.copyOf(agent.tasks())) {
            if (task.isLive()) {
                kills.drain(agent, task, drain);
            }
        }
    }

    /** Looks after agents that lost their last task since the last call; returns those that are to be gone now. */
    public List<AgentId> finishEmptied() {
        return cluster.agents().takeEmptied().stream()
                .flatMap(id -> cluster.agents().find(id).stream())
                .filter(this::finish)
                .map(Agent::id)
                .toList();
    }

    /** Whether the agent is to be gone now. */
    private boolean finish(Agent agent) {
        var begun = agent.prospects().draining();
        if (begun.isEmpty() || !agent.tasks().isEmpty()) {
            return false;
        }
        agent.prospects().draining(Optional.of(new Draining(begun.get().since(), /* done= */ true)));
        outbox.store(cluster.recordOf(agent));
        return isToBeGone(agent);
    }

    private static boolean isToBeGone(Agent agent) {
        return agent.prospects().policy().drain().filter(Drain::markGone).isPresent();
    }
}
