package dev.proffer.master.edge.figures;

import dev.proffer.crds.cluster.AgentNumbers;
import dev.proffer.crds.cluster.ProfferClusterStatus;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a ProfferCluster with the leader's figures; all else stays as it is. */
final class ClusterStatuses {
    private ClusterStatuses() {}

    static ProfferClusterStatus of(
            @Nullable ProfferClusterStatus before, MasterSnapshot snapshot, @Nullable Long term) {
        int known = snapshot.agents().size()
                + snapshot.recoveredAgents().size()
                + snapshot.unreachableAgents().size();
        long tasks = snapshot.agents().stream()
                .flatMap(agent -> agent.tasks().stream())
                .filter(TaskSnapshot::isLive)
                .count();
        return new ProfferClusterStatus(
                before == null ? null : before.observedGeneration(),
                before == null ? List.of() : before.conditions(),
                term,
                before == null ? null : before.leader(),
                before == null ? null : before.mastersReady(),
                new AgentNumbers(Math.toIntExact(snapshot.connectedAgents()), known),
                Math.toIntExact(tasks),
                before == null ? null : before.version());
    }
}
