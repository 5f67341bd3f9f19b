package dev.proffer.master.core.snapshot;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.v1.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a master knows, between two inputs. Immutable: any thread may read it. What did not change since the last one is
 * shared with it.
 *
 * @param startedAt when the term's first input arrived
 * @param takenAt when the last input before this snapshot arrived
 * @param completedFrameworks removed ones, oldest first, bounded
 * @param policy what has become of what administrators decided
 * @param recoveredAgents known from the registry, and not back yet
 * @param unreachableAgents they may return; oldest first, bounded
 * @param goneAgents they may not; oldest first, bounded
 */
public record MasterSnapshot(
        Leadership leadership,
        Instant startedAt,
        Instant takenAt,
        List<AgentSnapshot> agents,
        List<RegisteredAgent> recoveredAgents,
        List<RegisteredAgent> unreachableAgents,
        List<RegisteredAgent> goneAgents,
        List<FrameworkSnapshot> frameworks,
        List<FrameworkSnapshot> completedFrameworks,
        PolicySnapshot policy,
        MasterCounters counters) {
    public MasterSnapshot {
        agents = List.copyOf(agents);
        recoveredAgents = List.copyOf(recoveredAgents);
        unreachableAgents = List.copyOf(unreachableAgents);
        goneAgents = List.copyOf(goneAgents);
        frameworks = List.copyOf(frameworks);
        completedFrameworks = List.copyOf(completedFrameworks);
    }

    /** The tasks that agents run, grouped by framework in the order of the agents. Walks over all tasks. */
    public Map<FrameworkId, List<TaskSnapshot>> tasksByFramework() {
        var grouped = new LinkedHashMap<FrameworkId, List<TaskSnapshot>>();
        for (var agent : agents) {
            for (var task : agent.tasks()) {
                grouped.computeIfAbsent(task.framework(), id -> new ArrayList<>())
                        .add(task);
            }
        }
        return Collections.unmodifiableMap(grouped);
    }

    /** The outstanding offers, in the order of the agents. Walks over all agents. */
    public List<OfferSnapshot> offers() {
        return agents.stream().flatMap(agent -> agent.offers().stream()).toList();
    }

    /** How many tasks agents run, by state. Walks over all tasks. */
    public Map<TaskState, Long> liveTasksByState() {
        var counts = new EnumMap<TaskState, Long>(TaskState.class);
        for (var agent : agents) {
            for (var task : agent.tasks()) {
                counts.merge(task.state(), 1L, Long::sum);
            }
        }
        return Collections.unmodifiableMap(counts);
    }

    public long connectedAgents() {
        return agents.stream().filter(AgentSnapshot::connected).count();
    }
}
