package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.agent.Agent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What exists beside a ProfferCluster.
 *
 * @param olderCluster the name of another one in its namespace, which is older
 * @param daemonSets those that belong to it, of pools that it has no more too
 * @param agents all of its namespace
 * @param credentials what holds the frameworks' basic credentials, to be applied with the other children
 */
public record ClusterObserved(
        Optional<String> olderCluster,
        Certified certificate,
        Optional<Deployment> masters,
        List<DaemonSet> daemonSets,
        List<Agent> agents,
        Set<OptionalKind> kinds,
        List<HasMetadata> credentials) {
    public ClusterObserved {
        daemonSets = List.copyOf(daemonSets);
        agents = List.copyOf(agents);
        kinds = Set.copyOf(kinds);
        credentials = List.copyOf(credentials);
    }
}
