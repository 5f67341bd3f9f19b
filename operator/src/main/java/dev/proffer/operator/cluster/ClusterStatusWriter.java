package dev.proffer.operator.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.ProfferClusterStatus;
import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Conditions;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.cluster.ClusterObserved;
import dev.proffer.operator.plan.cluster.ClusterVerdicts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the operator's part of a ProfferCluster's status, when it changed. The rest is the leader's. */
final class ClusterStatusWriter {
    private final Writer writer;
    private final ConditionEvents events;
    private final Clock clock;

    ClusterStatusWriter(KubernetesClient client, ConditionEvents events, Clock clock) {
        this.writer = new Writer(client);
        this.events = events;
        this.clock = clock;
    }

    void write(ProfferCluster cluster, ClusterObserved observed, List<Verdict> verdicts) {
        write(
                cluster,
                conditions(cluster, verdicts),
                ClusterVerdicts.readyMasters(observed.masters()),
                ClusterVerdicts.version(observed));
    }

    /** Of a cluster that is being deleted: what else is known of it stays. */
    void write(ProfferCluster cluster, Verdict blocked) {
        var status = Optional.ofNullable(cluster.getStatus());
        var others = before(cluster).stream()
                .filter(condition -> !condition.getType().equals(blocked.type()));
        write(
                cluster,
                Stream.concat(others, conditions(cluster, List.of(blocked)).stream())
                        .toList(),
                status.map(ProfferClusterStatus::mastersReady).orElse(0),
                status.map(ProfferClusterStatus::version));
    }

    private List<Condition> conditions(ProfferCluster cluster, List<Verdict> verdicts) {
        return Conditions.of(verdicts, before(cluster), cluster.getMetadata().getGeneration(), clock.instant());
    }

    private static List<Condition> before(ProfferCluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .map(ProfferClusterStatus::conditions)
                .orElse(List.of());
    }

    private void write(ProfferCluster cluster, List<Condition> after, int mastersReady, Optional<String> version) {
        var ours = new ProfferClusterStatus(
                cluster.getMetadata().getGeneration(),
                after,
                null,
                null,
                mastersReady,
                null,
                null,
                version.orElse(null));
        if (Optional.ofNullable(cluster.getStatus())
                .filter(status -> isSame(status, ours))
                .isPresent()) {
            return;
        }
        var change = new ProfferCluster();
        change.setMetadata(new ObjectMetaBuilder()
                .withName(cluster.getMetadata().getName())
                .withNamespace(cluster.getMetadata().getNamespace())
                .withUid(cluster.getMetadata().getUid())
                .build());
        change.setStatus(ours);
        writer.applyStatus(change);
        events.changed(cluster, before(cluster), after);
    }

    private static boolean isSame(ProfferClusterStatus before, ProfferClusterStatus ours) {
        return Objects.equals(before.observedGeneration(), ours.observedGeneration())
                && Objects.equals(before.mastersReady(), ours.mastersReady())
                && Objects.equals(before.version(), ours.version())
                && sorted(before.conditions()).equals(sorted(ours.conditions()));
    }

    private static List<Condition> sorted(List<Condition> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparing(Condition::getType))
                .toList();
    }
}
