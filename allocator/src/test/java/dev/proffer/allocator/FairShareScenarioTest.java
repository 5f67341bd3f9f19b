package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is offered what by dominant shares, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class FairShareScenarioTest {
    private final boolean mesosExact;
    private Scenario cluster;

    FairShareScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' UnreservedDRF. */
    @Test
    void rolesAndFrameworksAreServedByDominantShare() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:2;mem:1024"));
        othersJoinAndAreServedByDominantShare();
    }

    private void othersJoinAndAreServedByDominantShare() {
        cluster.framework("F2", "role2").agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A2", "cpus:1;mem:512"));
        cluster.agent("A3", "cpus:3;mem:2048");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A3", "cpus:3;mem:2048"));
        cluster.framework("F3", "role1").agent("A4", "cpus:4;mem:4096");
        assertThat(cluster.offers()).containsExactly(offer("F3", "role1", "A4", "cpus:4;mem:4096"));
        cluster.framework("F4", "role1").agent("A5", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A5", "cpus:1;mem:512"));
    }

    /** Mesos' ReservedDRF. */
    @Test
    void whatIsReservedAndOfferedCountsForTheShare() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:512;cpus(role1):100;mem(role1):1024");
        assertThat(cluster.offers()).hasSize(1);
        cluster.framework("F2", "role2").agent("A2", "cpus:2;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A2", "cpus:2;mem:512"));
        cluster.agent("A3", "cpus:2;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A3", "cpus:2;mem:512"));
        cluster.framework("F3", "role1").agent("A4", "cpus(role1):2;mem(role1):1024");
        assertThat(cluster.offers()).containsExactly(offer("F3", "role1", "A4", "cpus(role1):2;mem(role1):1024"));
    }

    /** Mesos' DRFWithFairnessExclusion. */
    @Test
    void excludedResourcesDoNotCountForTheShare() {
        cluster = new Scenario(cluster.config.withUncountedForShares(new TreeSet<>(List.of("gpus"))), 1);
        cluster.framework("F1", Scenario.capable("role1", FrameworkCapability.GPU_RESOURCES))
                .agent("A1", "cpus:2;mem:1024;gpus:1");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:2;mem:1024;gpus:1"));
        othersJoinAndAreServedByDominantShare();
    }

    /** Mesos' NestedRoleDRF. */
    @Test
    void aSubtreeCompetesAsAWhole() {
        cluster.framework("F1", "a/b").agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/b", "A1", "cpus:2;mem:1024"));
        cluster.framework("F2", "a/c").framework("F3", "d/e").agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F3", "d/e", "A2", "cpus:1;mem:512"));
        cluster.framework("F4", "d/f").agent("A3", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F4", "d/f", "A3", "cpus:2;mem:1024"));
    }

    /** Mesos' CoarseGrained. */
    @Test
    void agentsAreOfferedWhole() {
        cluster.agent("A1", "cpus:2;mem:1024").agent("A2", "cpus:2;mem:1024").framework("F1", "role1");
        var both = cluster.offers();
        assertThat(both)
                .containsExactlyInAnyOrder(
                        offer("F1", "role1", "A1", "cpus:2;mem:1024"), offer("F1", "role1", "A2", "cpus:2;mem:1024"));
        both.forEach(cluster::recover);
        cluster.framework("F2", "role2");
        assertThat(cluster.offers())
                .hasSize(2)
                .extracting(each -> each.framework().value())
                .containsExactlyInAnyOrder("F1", "F2");
    }

    /** Mesos' SameShareFairness. */
    @Test
    void equalSharesTakeTurns() {
        cluster.framework("F1", "*").framework("F2", "*").agent("A1", "cpus:2;mem:1024");
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < 10; i++) {
            var next = cluster.offer();
            counts.merge(next.framework().value(), 1, Integer::sum);
            cluster.recover(next).tick();
        }
        assertThat(counts).containsEntry("F1", 5).containsEntry("F2", 5);
    }

    /** Mesos' NoDoubleAccounting. */
    @Test
    void whatAnAgentAndAFrameworkBothTellCountsOnce() {
        cluster.framework("F1", "role1")
                .agent("A1", "cpus:1", held("F1", "role1", "A1", "cpus:1"))
                .agent("A2", "cpus:1", held("F2", "role2", "A2", "cpus:1"))
                .framework("F2", Scenario.profile("role2"), held("F2", "role2", "A2", "cpus:1"));
        assertThat(cluster.figures("role1").share()).isEqualTo(0.5);
        assertThat(cluster.figures("role2").share()).isEqualTo(0.5);
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' UpdateWeight. */
    @Test
    void sharesAreDividedByWeight() {
        cluster.pause();
        for (int i = 1; i <= 6; i++) {
            cluster.agent("A" + i, "cpus:2;mem:1024");
        }
        cluster.framework("F1", "role1").framework("F2", "role2").resume();
        assertThat(agentsOf(giveBackAfter(cluster.offers()))).containsExactly(3, 3);
        cluster.weight("role2", 2);
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(agentsOf(giveBackAfter(cluster.offers()))).containsExactly(2, 4);
        cluster.weight("role3", 3).framework("F3", "role3");
        assertThat(agentsOf(cluster.offers())).containsExactly(1, 2, 3);
    }

    private List<Allocation> giveBackAfter(List<Allocation> offers) {
        offers.forEach(cluster::recover);
        return offers;
    }

    private static List<Integer> agentsOf(List<Allocation> offers) {
        var counts = new TreeMap<String, Integer>();
        offers.forEach(each -> counts.merge(each.framework().value(), 1, Integer::sum));
        return new ArrayList<>(counts.values());
    }

    /** Mesos' AddResourceProvider; our agents have none, but come back with more. */
    @Test
    void anAgentMayGrowByWhatOneFrameworkUsesAlready() {
        cluster.agent("A1", "cpus:1;mem:100;disk:10");
        for (var id : List.of("F1", "F2")) {
            cluster.apply(new AllocatorInput.FrameworkAdded(
                    new FrameworkId(id), Scenario.profile("role" + id), false, List.of()));
        }
        cluster.apply(new AllocatorInput.AgentRemoved(new AgentId("A1")));
        cluster.agent("A1", "cpus:3;mem:300;disk:30", held("F1", "roleF1", "A1", "cpus:2;mem:200;disk:20"));
        cluster.apply(new AllocatorInput.FrameworkActivated(new FrameworkId("F2")));
        assertThat(cluster.offers()).containsExactly(offer("F2", "roleF2", "A1", "cpus:1;mem:100;disk:10"));
        cluster.apply(new AllocatorInput.FrameworkActivated(new FrameworkId("F1")));
        cluster.agent("A2", "cpus:1;mem:100;disk:10");
        assertThat(cluster.offers()).containsExactly(offer("F2", "roleF2", "A2", "cpus:1;mem:100;disk:10"));
    }

    /** Mesos' AddResourceProviderOverallocated. */
    @Test
    void whatIsHeldBeyondTheTotalIsNotOffered() {
        cluster.agent("A1", "cpus:2;mem:200;disk:20", held("F1", "role1", "A1", "cpus:1;mem:100;disk:10"));
        cluster.framework("F1", "role1");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:100;disk:10"));
        cluster.agent("A2", "cpus:1;mem:100;disk:10", held("F2", "role2", "A2", "cpus:2;mem:200;disk:20"));
        cluster.framework("F2", "role2");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' DominantShareMetrics. */
    @Test
    void sharesCanBeRead() {
        cluster.framework("F1", "roleA").agent("A1", "cpus:1;mem:1024");
        assertThat(cluster.figures("roleA").share()).isEqualTo(1);
        cluster.decline(cluster.offer(), 1_000_000);
        assertThat(cluster.figures("roleA").share()).isZero();
        cluster.framework("F2", "roleB");
        assertThat(cluster.figures("roleB").share()).isEqualTo(1);
        cluster.agent("A2", "cpus:1;mem:1024");
        assertThat(cluster.figures("roleA").share()).isEqualTo(0.5);
        assertThat(cluster.figures("roleB").share()).isEqualTo(0.5);
        cluster.apply(new AllocatorInput.FrameworkRemoved(new FrameworkId("F2")));
        assertThat(cluster.figuresOrNull("roleB")).isNull();
    }

    /** Mesos' DominantShareMetricsWithFairnessExclusion. */
    @Test
    void excludedResourcesDoNotShowInShares() {
        cluster = new Scenario(cluster.config.withUncountedForShares(new TreeSet<>(List.of("gpus"))), 1);
        cluster.framework("F1", Scenario.capable("roleA", FrameworkCapability.GPU_RESOURCES))
                .agent("A1", "cpus:1;mem:1024;gpus:1");
        cluster.framework("F2", "roleB").agent("A2", "cpus:3;mem:3072");
        assertThat(cluster.figures("roleA").share()).isEqualTo(0.25);
        assertThat(cluster.figures("roleB").share()).isEqualTo(0.75);
    }

    /** The walk-through of Mesos' architecture page: two frameworks and one agent of 4 CPUs and 4 GB. */
    @Test
    void whatOneFrameworkLeavesGoesToTheNext() {
        cluster.framework("F1", "*").framework("F2", "*").agent("A1", "cpus:4;mem:4096");
        var whole = cluster.offer();
        assertThat(whole.framework().value()).isEqualTo("F1");
        cluster.recover(
                Scenario.of(whole, Resources.parse("cpus:1;mem:1024")),
                AllocatorInput.Origin.OFFERED,
                Optional.of(AllocatorInput.Refusal.DEFAULT));
        cluster.apply(new AllocatorInput.Committed(Scenario.of(whole, Resources.parse("cpus:3;mem:3072"))));
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(offer("F2", "*", "A1", "cpus:1;mem:1024"));
    }

    /** The example of the DRF paper: 9 CPUs and 18 GB, tasks of (1, 4) and of (3, 1): three and two of them run. */
    @Test
    void dominantSharesAreEqualised() {
        var tasks = Map.of("F1", Resources.parse("cpus:1;mem:4096"), "F2", Resources.parse("cpus:3;mem:1024"));
        cluster.framework("F1", "*").framework("F2", "*").agent("A1", "cpus:9;mem:18432");
        var running = new TreeMap<String, Integer>();
        for (int round = 0; round < 20; round++) {
            for (var offer : cluster.offers()) {
                launchOne((Allocation.Offer) offer, tasks, running);
            }
            cluster.tick();
        }
        assertThat(running).containsEntry("F1", 3).containsEntry("F2", 2);
    }

    private void launchOne(Allocation.Offer offer, Map<String, Resources> tasks, Map<String, Integer> running) {
        var task = Objects.requireNonNull(tasks.get(offer.framework().value()));
        if (!offer.resources().contains(task)) {
            cluster.decline(offer, 1);
            return;
        }
        running.merge(offer.framework().value(), 1, Integer::sum);
        var rest = offer.resources().minus(task);
        if (!rest.isEmpty()) {
            cluster.recover(offer, rest);
        }
        cluster.apply(new AllocatorInput.Committed(Scenario.of(offer, task)));
    }

    @Test
    void weightsOfNestedRolesCountAmongTheirSiblings() {
        cluster.weight("a/x", 3).framework("F1", "a/x").framework("F2", "a/y").pause();
        for (int i = 0; i < 8; i++) {
            cluster.agent("A" + i, "cpus:1;mem:512");
        }
        cluster.resume();
        assertThat(agentsOf(cluster.offers())).containsExactly(6, 2);
        assertThat(cluster.figures("a/x").share()).isCloseTo(0.25, within(1e-9));
    }
}
