package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterVerdictsTest {
    private static final Certified GOOD =
            new Certified(ClusterNames.CERTIFICATE, Optional.of("PEM"), List.of(), Optional.empty());

    @Test
    void aClusterIsReadyWhenAMasterLeadsAndIsUp() {
        var verdict = verdict(led(), observed(GOOD, masters(2, 2, 2)), ClusterVerdicts.READY);
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict(Clusters.withSpec(""), observed(GOOD, masters(2, 2, 2)), ClusterVerdicts.READY)
                        .reason())
                .isEqualTo("NoLeader");
        assertThat(verdict(led(), observed(GOOD, masters(0, 2, 2)), ClusterVerdicts.READY)
                        .reason())
                .isEqualTo("NoMasterReady");
    }

    @Test
    void aCertificateThatCannotBeUsedIsNamed() {
        var broken = new Certified(
                "mine", Optional.empty(), List.of(), Optional.of("Secret 'mine' has no tls.key; add it."));
        var verdict = verdict(led(), observed(broken, masters(2, 2, 2)), ClusterVerdicts.READY);
        assertThat(verdict.reason()).isEqualTo("CertificateInvalid");
        assertThat(verdict.message()).contains("'mine'", "tls.key");
    }

    @Test
    void anUpgradeIsProgress() {
        assertThat(verdict(led(), observed(GOOD, masters(2, 3, 1)), ClusterVerdicts.PROGRESSING)
                        .reason())
                .isEqualTo("RollingOut");
        assertThat(verdict(led(), observed(GOOD, masters(2, 2, 2)), ClusterVerdicts.PROGRESSING)
                        .holds())
                .isFalse();
    }

    @Test
    void aMissingMasterDegrades() {
        var verdict = verdict(led(), observed(GOOD, masters(1, 2, 2)), ClusterVerdicts.DEGRADED);
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.message()).contains("1 of 2 masters");
    }

    @Test
    void pausedMeansThatNothingIsPlanned() {
        var plan = Clusters.plan("paused: true\n" + Clusters.WITH_POOL);
        assertThat(plan.children()).isEmpty();
        assertThat(plan.madeOnce()).isEmpty();
        assertThat(plan.verdicts())
                .filteredOn(verdict -> verdict.type().equals(ClusterVerdicts.PAUSED))
                .allMatch(Verdict::holds);
    }

    @Test
    void theYoungerOfTwoClustersOfANamespaceGetsNothing() {
        var base = observed(GOOD, masters(2, 2, 2));
        var younger = new ClusterObserved(
                Optional.of("first"), base.certificate(), base.masters(), List.of(), List.of(), Set.of(), List.of());
        assertThat(ClusterPlan.of(led(), younger, Clusters.RELEASE).children()).isEmpty();
        var verdict = verdict(led(), younger, ClusterVerdicts.READY);
        assertThat(verdict.reason()).isEqualTo("Conflict");
        assertThat(verdict.message()).contains("'first'");
    }

    private static Verdict verdict(ProfferCluster cluster, ClusterObserved observed, String type) {
        return ClusterVerdicts.of(cluster, observed).stream()
                .filter(verdict -> verdict.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static ProfferCluster led() {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec: {}
                status: {leader: proffer-master-1, term: 4}
                """, ProfferCluster.class);
    }

    private static ClusterObserved observed(Certified certificate, Deployment masters) {
        return new ClusterObserved(
                Optional.empty(), certificate, Optional.of(masters), List.of(), List.of(), Set.of(), List.of());
    }

    private static Deployment masters(int ready, int replicas, int updated) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("proffer-master")
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReadyReplicas(ready)
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .endStatus()
                .build();
    }
}
