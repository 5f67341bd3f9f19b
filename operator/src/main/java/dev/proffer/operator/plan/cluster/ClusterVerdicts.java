package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.AgentPool;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which conditions a ProfferCluster is. */
public final class ClusterVerdicts {
    public static final String READY = "Ready";
    public static final String PROGRESSING = "Progressing";
    public static final String DEGRADED = "Degraded";
    public static final String PAUSED = "Paused";
    public static final String DELETION_BLOCKED = "DeletionBlocked";

    private ClusterVerdicts() {}

    static List<Verdict> of(ProfferCluster cluster, ClusterObserved observed) {
        return List.of(ready(cluster, observed), progressing(observed), degraded(cluster, observed), paused(cluster));
    }

    private static Verdict ready(ProfferCluster cluster, ClusterObserved observed) {
        return observed.olderCluster()
                .map(older -> Verdict.no(
                        READY,
                        "Conflict",
                        "ProfferCluster '%s' of this namespace is older, and a namespace holds one; delete one of the two."
                                .formatted(older)))
                .or(() -> observed.certificate()
                        .problem()
                        .map(problem -> Verdict.no(READY, "CertificateInvalid", problem)))
                .orElseGet(() -> mastersReady(cluster, observed));
    }

    private static Verdict mastersReady(ProfferCluster cluster, ClusterObserved observed) {
        int ready = readyMasters(observed.masters());
        if (ready == 0) {
            return Verdict.no(
                    READY,
                    "NoMasterReady",
                    "No master is ready; see `kubectl describe deployment " + ClusterNames.MASTER + "` and its pods.");
        }
        var status = cluster.getStatus();
        return status == null || status.leader() == null
                ? Verdict.no(READY, "NoLeader", "Masters are up, and none has been elected yet.")
                : Verdict.yes(READY, "Running", "A master leads and can be reached.");
    }

    private static Verdict progressing(ClusterObserved observed) {
        var changing = Stream.concat(
                        observed.masters().filter(ClusterVerdicts::isChanging).stream()
                                .map(masters -> masters.getMetadata().getName()),
                        observed.daemonSets().stream()
                                .filter(set -> !isHolder(set) && isChanging(set))
                                .map(set -> set.getMetadata().getName()))
                .toList();
        if (observed.masters().isEmpty()) {
            return Verdict.yes(PROGRESSING, "Creating", "The cluster's objects are being made.");
        }
        return changing.isEmpty()
                ? Verdict.no(PROGRESSING, "UpToDate", "Masters and agents run what the spec says.")
                : Verdict.yes(
                        PROGRESSING, "RollingOut", "Pods are being replaced: " + String.join(", ", changing) + ".");
    }

    private static Verdict degraded(ProfferCluster cluster, ClusterObserved observed) {
        var problems = new ArrayList<String>();
        refused(cluster, problems);
        int wanted = cluster.getSpec().master().replicas();
        int ready = readyMasters(observed.masters());
        if (observed.masters().isPresent() && ready < wanted) {
            problems.add("%d of %d masters are ready.".formatted(ready, wanted));
        }
        observed.daemonSets().stream()
                .filter(ClusterVerdicts::isHolder)
                .filter(ClusterVerdicts::isChanging)
                .map(set ->
                        "Holders of pool '%s' have not the pool's present amounts; delete their pods when tasks there may end."
                                .formatted(RemovedPools.pool(set)))
                .forEach(problems::add);
        RemovedPools.retained(cluster, observed).stream()
                .map(pool ->
                        "Pool '%s' is no more in the spec, and stays while agents of it may run tasks; drain them, or set confirmDeletion."
                                .formatted(pool))
                .forEach(problems::add);
        return problems.isEmpty()
                ? Verdict.no(DEGRADED, "AsWanted", "Nothing is missing.")
                : Verdict.yes(DEGRADED, "NotAsWanted", String.join(" ", problems));
    }

    private static void refused(ProfferCluster cluster, List<String> problems) {
        MasterConfiguration.refused(cluster.getSpec().master().settings())
                .forEach(name ->
                        problems.add("The setting '%s' of the master is the operator's; remove it.".formatted(name)));
        for (var pool : cluster.getSpec().agentPools()) {
            AgentConfiguration.refused(pool.settings())
                    .forEach(name -> problems.add("The setting '%s' of pool '%s' is the operator's; remove it."
                            .formatted(name, pool.name())));
            nodePorts(pool, problems);
        }
    }

    /** A pool that says which ports are forbidden knows its cluster's node ports. */
    private static void nodePorts(AgentPool pool, List<String> problems) {
        var overlap = PoolResources.nodePorts(pool.resources());
        boolean says =
                pool.settings().stream().anyMatch(setting -> setting.name().equals("forbidden-ports"));
        if (!overlap.isEmpty() && !says) {
            problems.add(("The ports %s of pool '%s' are Kubernetes' node ports and are not offered; take them out,"
                            + " or set 'forbidden-ports' of the pool if the cluster has its node ports elsewhere.")
                    .formatted(overlap, pool.name()));
        }
    }

    private static Verdict paused(ProfferCluster cluster) {
        return cluster.getSpec().paused()
                ? Verdict.yes(PAUSED, "PausedBySpec", "Nothing is changed until spec.paused is false.")
                : Verdict.no(PAUSED, "NotPaused", "Changes are made as they come.");
    }

    public static int readyMasters(Optional<Deployment> masters) {
        return masters.map(Deployment::getStatus)
                .map(DeploymentStatus::getReadyReplicas)
                .orElse(0);
    }

    /** What all masters run, once they all do. */
    public static Optional<String> version(ClusterObserved observed) {
        return observed.masters()
                .filter(masters -> !isChanging(masters) && readyMasters(observed.masters()) > 0)
                .map(masters -> masters.getSpec().getTemplate().getMetadata().getLabels())
                .map(labels -> labels.get(Labels.VERSION));
    }

    private static boolean isHolder(DaemonSet set) {
        return ClusterNames.ofHolders(RemovedPools.pool(set))
                .equals(set.getMetadata().getName());
    }

    private static boolean isChanging(Deployment masters) {
        var status = Optional.ofNullable(masters.getStatus());
        return isBehind(
                        status.map(DeploymentStatus::getObservedGeneration).orElse(null),
                        masters.getMetadata().getGeneration())
                || number(status.map(DeploymentStatus::getUpdatedReplicas).orElse(null))
                        < number(status.map(DeploymentStatus::getReplicas).orElse(null));
    }

    private static boolean isChanging(DaemonSet set) {
        var status = Optional.ofNullable(set.getStatus());
        return isBehind(
                        status.map(DaemonSetStatus::getObservedGeneration).orElse(null),
                        set.getMetadata().getGeneration())
                || number(status.map(DaemonSetStatus::getUpdatedNumberScheduled).orElse(null))
                        < number(status.map(DaemonSetStatus::getDesiredNumberScheduled)
                                .orElse(null));
    }

    private static boolean isBehind(@Nullable Long observed, @Nullable Long generation) {
        return Objects.requireNonNullElse(observed, 0L) < Objects.requireNonNullElse(generation, 0L);
    }

    private static int number(@Nullable Integer count) {
        return Objects.requireNonNullElse(count, 0);
    }
}
