package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Release;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a ProfferCluster needs.
 *
 * @param children objects as they should be, in the order in which they are to be applied
 * @param madeOnce objects that are made where they are missing, and belong to others from then on
 * @param retained pools that are no more wanted, but stay because tasks may run there
 * @param verdicts the conditions that it is in
 */
public record ClusterPlan(
        List<HasMetadata> children, List<HasMetadata> madeOnce, List<String> retained, List<Verdict> verdicts) {
    public ClusterPlan {
        children = List.copyOf(children);
        madeOnce = List.copyOf(madeOnce);
        retained = List.copyOf(retained);
        verdicts = List.copyOf(verdicts);
    }

    /** Of a cluster that is not being deleted. */
    public static ClusterPlan of(ProfferCluster cluster, ClusterObserved observed, Release release) {
        var verdicts = ClusterVerdicts.of(cluster, observed);
        if (cluster.getSpec().paused() || observed.olderCluster().isPresent()) {
            return new ClusterPlan(List.of(), List.of(), List.of(), verdicts);
        }
        return new ClusterPlan(
                children(cluster, observed, release),
                List.copyOf(ListenerObjects.slices(cluster)),
                RemovedPools.retained(cluster, observed),
                verdicts);
    }

    private static List<HasMetadata> children(ProfferCluster cluster, ClusterObserved observed, Release release) {
        var children = new ArrayList<HasMetadata>(MasterRights.of(cluster));
        children.addAll(observed.certificate().objects());
        observed.certificate().trust().ifPresent(trust -> children.add(trust(cluster, trust)));
        children.addAll(observed.credentials());
        var configuration = MasterConfiguration.of(cluster);
        children.add(configuration);
        children.addAll(ListenerObjects.of(cluster));
        children.addAll(MasterDeployment.of(
                cluster,
                release,
                text(configuration.getData()),
                observed.certificate().secret()));
        var images =
                ClusterImages.of(cluster.getSpec().images(), cluster.getSpec().version(), release);
        for (var pool : cluster.getSpec().agentPools()) {
            var poolConfiguration = AgentConfiguration.of(cluster, pool);
            children.add(poolConfiguration);
            children.add(HolderDaemonSet.of(cluster, pool, images));
            children.add(AgentDaemonSet.of(cluster, pool, images, text(poolConfiguration.getData())));
        }
        if (observed.kinds().contains(OptionalKind.SERVICE_MONITOR)) {
            children.addAll(Monitoring.of(cluster));
        }
        return children;
    }

    private static HasMetadata trust(ProfferCluster cluster, String certificates) {
        return new ConfigMapBuilder()
                .withMetadata(ClusterNames.meta(cluster, ClusterNames.TRUST, ClusterNames.MASTER_COMPONENT))
                .addToData(ClusterAccess.TRUST_KEY, certificates)
                .build();
    }

    private static String text(Map<String, String> data) {
        return data.getOrDefault(Properties.FILE, "");
    }
}
