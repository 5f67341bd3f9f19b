package dev.proffer.master.edge;

import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.protocol.v1.TaskState;
import java.util.Map;
import java.util.stream.Collectors;

/** What a snapshot amounts to. */
record ClusterFigures(
        long agentsConnected,
        long agentsDisconnected,
        long agentsUnreachable,
        Map<FrameworkSnapshot.State, Long> frameworks,
        Map<TaskState, Long> tasks,
        long offers) {
    static final ClusterFigures NONE = new ClusterFigures(0, 0, 0, Map.of(), Map.of(), 0);

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
                snapshot.offers().size());
    }
}
