package dev.proffer.operator.plan.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.agent.Agent;
import dev.proffer.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPlanTest {
    @Test
    void aHolderReservesThePoolsAmountsAndIsNeverReplacedByItself() {
        var holder = daemonSet("proffer-holder-general");
        assertThat(holder.getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
        var resources = holder.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources();
        assertThat(resources.getRequests()).isEqualTo(resources.getLimits()).containsOnlyKeys("cpu", "memory");
        assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("1500m"));
    }

    @Test
    void aHolderMakesAFolderByWhichItsAgentFindsIt() {
        var container = daemonSet("proffer-holder-general")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(container.getVolumeMounts().getFirst().getSubPathExpr())
                .isEqualTo("$(NODE_NAME)/holders/$(POD_UID)");
    }

    @Test
    void anAgentIsReplacedOneAtATimeOrAsThePoolSays() {
        var one = daemonSet("proffer-agent-general").getSpec().getUpdateStrategy();
        assertThat(one.getRollingUpdate().getMaxUnavailable().getIntVal()).isEqualTo(1);
        var more = Clusters.child(
                        Clusters.plan(Clusters.WITH_POOL + "    maxUnavailable: 20%\n"),
                        DaemonSet.class,
                        "proffer-agent-general")
                .getSpec()
                .getUpdateStrategy();
        assertThat(more.getRollingUpdate().getMaxUnavailable().getStrVal()).isEqualTo("20%");
    }

    @Test
    void anAgentSeesTheHostAndProvesItselfWithOurAudienceOnly() {
        var pod = daemonSet("proffer-agent-general").getSpec().getTemplate().getSpec();
        assertThat(pod.getHostPID()).isTrue();
        assertThat(pod.getHostNetwork()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers().getFirst().getSecurityContext().getPrivileged())
                .isTrue();
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getProjected() != null)
                .flatExtracting(volume -> volume.getProjected().getSources())
                .extracting(source -> source.getServiceAccountToken().getAudience())
                .containsExactly("proffer.dev/proffer/main");
    }

    @Test
    void holderAndAgentRunOnTheSameNodes() {
        for (var name : List.of("proffer-agent-general", "proffer-holder-general")) {
            var pod = daemonSet(name).getSpec().getTemplate().getSpec();
            assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
            assertThat(pod.getTolerations().getFirst().getKey()).isEqualTo("batch");
        }
    }

    @Test
    void anAgentIsToldItsResourcesAndWhereItsTokenAndMastersAre() {
        var text = Clusters.properties(Clusters.plan(Clusters.WITH_POOL), "proffer-agent-general");
        assertThat(text.lines())
                .contains(
                        "proffer.agent.resources=cpus:1.5;mem:2048;disk:10240;ports:[20000-29999]",
                        "proffer.agent.attributes=rack:r1",
                        "proffer.agent.pool=general",
                        "proffer.agent.launcher=linux",
                        "proffer.agent.linux.in-holder=true",
                        "proffer.agent.forbidden-ports=30000-32767",
                        "proffer.agent.token=/var/run/secrets/proffer.dev/token",
                        "proffer.agent.master.certificate-authority=/etc/proffer/trust/ca.crt",
                        "proffer.agent.state-folder=/var/lib/proffer/${NODE_NAME}",
                        "proffer.agent.master.host=proffer-agent-link.proffer.svc");
    }

    @Test
    void anAgentsOwnPortIsForItsNodeAloneUnlessThePoolSaysOtherwise() {
        assertThat(Clusters.properties(Clusters.plan(Clusters.WITH_POOL), "proffer-agent-general"))
                .contains("proffer.agent.host=127.0.0.1");
        var open = Clusters.WITH_POOL + "    settings: [{name: host, value: 0.0.0.0}]\n";
        assertThat(Clusters.properties(Clusters.plan(open), "proffer-agent-general"))
                .contains("proffer.agent.host=0.0.0.0");
    }

    @Test
    void portsThatAreNodePortsAreSaid() {
        var pool =
                "agentPools: [{name: general, resources: [{name: cpus, amount: 1}, {name: ports, ranges: 29000-31000}]%s}]";
        var plan = Clusters.plan(pool.formatted(""));
        assertThat(degraded(plan).message()).contains("The ports 30000-31000 of pool 'general'");

        var elsewhere = Clusters.plan(pool.formatted(", settings: [{name: forbidden-ports, value: 9000-9999}]"));
        assertThat(degraded(elsewhere).message()).doesNotContain("ports");
        assertThat(Clusters.properties(elsewhere, "proffer-agent-general"))
                .contains("proffer.agent.forbidden-ports=9000-9999\n");
    }

    @Test
    void whereTasksRunIsNotAPoolsToSay() {
        var plan = Clusters.plan(Clusters.WITH_POOL
                + "    settings: [{name: linux.in-holder, value: 'false'}, {name: linux.cgroup-parent, value: /}]\n");
        assertThat(Clusters.properties(plan, "proffer-agent-general"))
                .contains("proffer.agent.linux.in-holder=true\n")
                .doesNotContain("cgroup-parent");
        assertThat(degraded(plan).message()).contains("'linux.in-holder' of pool 'general' is the operator's");
    }

    @Test
    void aRemovedPoolStaysWhileItsAgentsMayRunTasks() {
        var active = observed(agent("general", "Active"));
        var plan = ClusterPlan.of(Clusters.withSpec(""), active, Clusters.RELEASE);
        assertThat(plan.retained()).containsExactly("general");
        assertThat(degraded(plan).message()).contains("Pool 'general' is no more in the spec");
    }

    @Test
    void aRemovedPoolGoesOnceItsAgentsAreDrainedOrDeletionIsConfirmed() {
        var drained = observed(agent("general", "Drained"), agent("other", "Active"));
        assertThat(ClusterPlan.of(Clusters.withSpec(""), drained, Clusters.RELEASE)
                        .retained())
                .isEmpty();
        var active = observed(agent("general", "Active"));
        assertThat(ClusterPlan.of(Clusters.withSpec("confirmDeletion: true"), active, Clusters.RELEASE)
                        .retained())
                .isEmpty();
    }

    /** Agents that belong elsewhere run on, and no one waits for them. */
    @Test
    void aRemovedPoolWaitsForItsOwnAgentsOnly() {
        var others = observed(agent("other", "Active"), agent("''", "Active"), agent("general", "Gone"));
        assertThat(ClusterPlan.of(Clusters.withSpec(""), others, Clusters.RELEASE)
                        .retained())
                .isEmpty();
        var unreachable = observed(agent("other", "Active"), agent("general", "Unreachable"));
        assertThat(ClusterPlan.of(Clusters.withSpec(""), unreachable, Clusters.RELEASE)
                        .retained())
                .containsExactly("general");
    }

    @Test
    void anAgentThatHasNotSaidItsPoolMayBeOfAny() {
        var unsaid = observed(agent("null", "Active"));
        assertThat(ClusterPlan.of(Clusters.withSpec(""), unsaid, Clusters.RELEASE)
                        .retained())
                .containsExactly("general");
    }

    @Test
    void aPoolCannotSayOfItselfWhatItsAgentsAreToldByTheOperator() {
        var cluster = Clusters.withSpec(Clusters.WITH_POOL + "    settings: [{name: pool, value: other}]\n");
        assertThat(degraded(ClusterPlan.of(cluster, Clusters.nothingElse(), Clusters.RELEASE))
                        .message())
                .contains("The setting 'pool' of pool 'general' is the operator's");
    }

    @Test
    void holdersWithFormerAmountsAreSaid() {
        var outdated = new DaemonSetBuilder(daemonSet("proffer-holder-general"))
                .editMetadata()
                .withGeneration(2L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(2L)
                .withDesiredNumberScheduled(3)
                .withUpdatedNumberScheduled(1)
                .endStatus()
                .build();
        var base = Clusters.nothingElse();
        var observed = new ClusterObserved(
                base.olderCluster(),
                base.certificate(),
                base.masters(),
                List.of(outdated),
                List.of(),
                base.kinds(),
                List.of());
        var plan = ClusterPlan.of(Clusters.withSpec(Clusters.WITH_POOL), observed, Clusters.RELEASE);
        assertThat(degraded(plan).message()).contains("Holders of pool 'general'", "delete their pods");
    }

    private static Verdict degraded(ClusterPlan plan) {
        return plan.verdicts().stream()
                .filter(verdict -> verdict.type().equals(ClusterVerdicts.DEGRADED))
                .findFirst()
                .orElseThrow();
    }

    private static DaemonSet daemonSet(String name) {
        return Clusters.child(Clusters.plan(Clusters.WITH_POOL), DaemonSet.class, name);
    }

    private static Agent agent(String pool, String state) {
        return Serialization.unmarshal("""
                apiVersion: proffer.dev/v1alpha1
                kind: Agent
                metadata: {name: node-1}
                status: {pool: %s, state: %s}
                """.formatted(pool, state), Agent.class);
    }

    /** The pool's DaemonSets are still there. */
    private static ClusterObserved observed(Agent... agents) {
        var base = Clusters.nothingElse();
        return new ClusterObserved(
                base.olderCluster(),
                base.certificate(),
                base.masters(),
                List.of(daemonSet("proffer-holder-general"), daemonSet("proffer-agent-general")),
                List.of(agents),
                base.kinds(),
                List.of());
    }
}
