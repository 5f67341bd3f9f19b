package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentState;
import dev.proffer.crds.agent.AgentStatus;
import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Pools that a cluster has no more. With their holders all of their tasks would end, so DaemonSets stay until every agent of
 * the pool is drained or gone.
 */
final class RemovedPools {
    private static final Set<AgentState> EMPTY = EnumSet.of(AgentState.DRAINED, AgentState.GONE);

    private RemovedPools() {}

    /** Removed pools that stay, by name. */
    static List<String> retained(ProfferCluster cluster, ClusterObserved observed) {
        if (cluster.getSpec().confirmDeletion()) {
            return List.of();
        }
        var pools = cluster.getSpec().agentPools().stream().map(AgentPool::name).toList();
        return observed.daemonSets().stream()
                .map(RemovedPools::pool)
                .distinct()
                .filter(pool -> !pools.contains(pool))
                .filter(pool -> observed.agents().stream().anyMatch(agent -> mayRunTasks(agent, pool)))
                .sorted()
                .toList();
    }

    static String pool(DaemonSet set) {
        return Objects.requireNonNullElse(set.getMetadata().getLabels().get(Labels.POOL), "");
    }

    /** One that never said which pool it is of may be of any; one of none says an empty name. */
    private static boolean mayRunTasks(Agent agent, String pool) {
        var status = Optional.ofNullable(agent.getStatus());
        var itsPool = status.map(AgentStatus::pool);
        var state = status.map(AgentStatus::state);
        return itsPool.map(pool::equals).orElse(true)
                && state.map(it -> !EMPTY.contains(it)).orElse(true);
    }
}
