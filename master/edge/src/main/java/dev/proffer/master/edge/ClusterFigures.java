package dev.proffer.master.edge;

import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterCounters;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.protocol.v1.TaskState;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a snapshot amounts to.
 *
 * @param tasks the live ones
 * @param counters of what happened in this term
 */
record ClusterFigures(
        long agentsConnected,
        long agentsDisconnected,
        long agentsUnreachable,
        Map<FrameworkSnapshot.State, Long> frameworks,
        Map<TaskState, Long> tasks,
        long offers,
        MasterCounters counters) {
    static final ClusterFigures NONE =
            new ClusterFigures(0, 0, 0, Map.of(), Map.of(), 0, new MasterCounters(Map.of(), Map.of()));

    /** Walks over everything. */
    static ClusterFigures of(MasterSnapshot snapshot) {
        long connected =
                snapshot.agents().stream().filter(AgentSnapshot::connected).count();
        return new ClusterFigures(
                connected,
                snapshot.agents().size() - connected,
                snapshot.unreachableAgents().size(),
                snapshot.frameworks().stream()
                        .collect(Collectors.groupingBy(FrameworkSnapshot::state, Collectors.counting())),
                snapshot.liveTasksByState(),
                snapshot.offers().size(),
                snapshot.counters());
    }
}
