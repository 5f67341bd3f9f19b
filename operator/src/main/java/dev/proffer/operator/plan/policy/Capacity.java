package dev.proffer.operator.plan.policy;

import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.model.Quantities;
import dev.proffer.operator.plan.cluster.ClusterNames;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a cluster has: its pools' amounts, as often as a pool has agents. */
public final class Capacity {
    private Capacity() {}

    /** Empty while no agent is ready. */
    public static Optional<Quantities> of(ProfferCluster cluster, List<DaemonSet> daemonSets) {
        var sums = new TreeMap<String, Long>();
        for (var pool : cluster.getSpec().agentPools()) {
            int agents = agents(pool, daemonSets);
            if (agents > 0) {
                pool.resources().forEach(resource -> add(sums, resource, agents));
            }
        }
        return sums.isEmpty() ? Optional.empty() : Optional.of(Quantities.of(sums));
    }

    private static void add(Map<String, Long> sums, ResourceAmount resource, int agents) {
        var amount = resource.amount();
        if (amount != null) {
            long each = Amounts.scalar(resource.name(), amount).thousandths();
            sums.merge(resource.name(), each * agents, Long::sum);
        }
    }

    private static int agents(AgentPool pool, List<DaemonSet> daemonSets) {
        return daemonSets.stream()
                .filter(set -> set.getMetadata().getName().equals(ClusterNames.ofAgents(pool.name())))
                .map(DaemonSet::getStatus)
                .filter(Objects::nonNull)
                .map(DaemonSetStatus::getNumberReady)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
    }
}
