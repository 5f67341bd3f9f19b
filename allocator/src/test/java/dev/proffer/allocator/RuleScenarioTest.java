package dev.proffer.allocator;

import static dev.proffer.allocator.ResourceSamples.revocable;
import static dev.proffer.allocator.ResourceSamples.volume;
import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.model.AgentId;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Reservation.Kind;
import dev.proffer.model.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of Mesos that are most easily got wrong, one test each, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class RuleScenarioTest {
    private static final double A_DAY = 86_400;

    private final boolean mesosExact;
    private Scenario cluster;

    RuleScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Ours do not wait if a task has ended. */
    @Test
    void recoveredResourcesWaitForTheNextRun() {
        var used = held("F1", "role1", "A2", "cpus:1;mem:64");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024").agent("A2", "cpus:1;mem:64", used);
        var declined = cluster.offer();
        assertThat(cluster.recover(declined).offers()).isEmpty();
        cluster.recover(used, Origin.USED, Optional.empty());
        var ended = offer("F1", "role1", "A2", "cpus:1;mem:64");
        if (!mesosExact) {
            assertThat(cluster.offers()).containsExactly(ended);
            assertThat(cluster.tick().offers()).containsExactly(declined);
        } else {
            assertThat(cluster.offers()).isEmpty();
            assertThat(cluster.tick().offers()).containsExactlyInAnyOrder(declined, ended);
        }
    }

    @Test
    void aRolesWeightIsItsSubtreesAndItsOwnFrameworksCompeteWithItsChildrenAtOne() {
        cluster.weight("a", 4).framework("F1", "a").framework("F2", "a/b").framework("F3", "c");
        cluster.pause();
        for (int i = 0; i < 10; i++) {
            cluster.agent("A" + i, "cpus:1;mem:64");
        }
        var counts = new TreeMap<String, Integer>();
        cluster.resume().offers().forEach(each -> counts.merge(each.framework().value(), 1, Integer::sum));
        assertThat(counts).containsEntry("F1", 4).containsEntry("F2", 4).containsEntry("F3", 2);
    }

    @Test
    void howOftenARoleWasServedIsKeptOnItsAncestorsForGood() {
        cluster.framework("F1", "a/x").agent("A1", "cpus:1;mem:64");
        cluster.recover(cluster.offer()).suppress("F1");
        cluster.pause().framework("F3", "a/z").framework("F2", "b/y").resume();
        var first = cluster.offer();
        assertThat(first)
                .as("nobody holds anything, but something below a was served before")
                .isEqualTo(offer("F2", "b/y", "A1", "cpus:1;mem:64"));
        var second = cluster.recover(first).tick().offer();
        assertThat(second).as("now both were, and names decide").isEqualTo(offer("F3", "a/z", "A1", "cpus:1;mem:64"));
    }

    @Test
    void sharesCountReservedAndRevocableResourcesOnceHeldAndQuotaCountsReservationsBefore() {
        cluster.quota("role1", "", "cpus:100");
        cluster.agent("A1", Resources.parse("cpus(role1):8;mem(role1):64").plus(revocable("cpus", 4)));
        assertThat(cluster.figures("role1").share()).isZero();
        assertThat(cluster.figures("role1").consumed()).isEqualTo(Quantities.parse("cpus:8;mem:64"));
        cluster.framework("F1", Scenario.capable("role1", FrameworkCapability.REVOCABLE_RESOURCES));
        assertThat(cluster.figures("role1").share()).isEqualTo(1);
        assertThat(cluster.figures("role1").consumed()).isEqualTo(Quantities.parse("cpus:8;mem:64"));
    }

    /** Were the ancestor's reservation offered in the first stage, nothing would be left for the ancestor. */
    @Test
    void theFirstStageOffersReservationsOfTheRoleItselfOnly() {
        cluster.quota("a/b", "cpus:9", "").framework("F1", "a/b").framework("F2", "a");
        cluster.agent("A1", "cpus:4;cpus(a/b):1;cpus(a):2");
        assertThat(cluster.offers())
                .containsExactlyInAnyOrder(
                        offer("F1", "a/b", "A1", "cpus:4;cpus(a/b):1"), offer("F2", "a", "A1", "cpus(a):2"));
    }

    @Test
    void theFirstStageNeedsSomethingGuaranteedOnTheAgent() {
        cluster.quota("role1", "cpus:4", "").framework("F1", "role1").framework("F2", "role2");
        cluster.agent("A1", "mem:512").commit(cluster.offer()).agent("A2", "mem:512");
        assertThat(cluster.offers()).as("fair shares decide").containsExactly(offer("F2", "role2", "A2", "mem:512"));
    }

    @Test
    void headroomIsAnAmountAndNoAgentsAlsoForRolesWithoutFrameworks() {
        cluster.quota("quota", "cpus:2").framework("F1", "role1").pause();
        cluster.agent("A1", "cpus:1")
                .agent("A2", "cpus:1")
                .agent("A3", "cpus:1")
                .resume();
        assertThat(cluster.offers()).hasSize(1);
        assertThat(cluster.tick().offers()).isEmpty();
    }

    /** Ours bind the subtree. */
    @Test
    void limitsDoNotBindDescendantsWhoseConsumptionCountsForTheGuarantee() {
        var used = held("F1", "a/b", "A1", "cpus:1;mem:64");
        cluster.framework("F1", "a/b").agent("A1", "cpus:1;mem:64", used).quota("a", "cpus:1;mem:64");
        cluster.agent("A2", "cpus:1;mem:64");
        if (mesosExact) {
            assertThat(cluster.offers()).containsExactly(offer("F1", "a/b", "A2", "cpus:1;mem:64"));
        } else {
            assertThat(cluster.offers()).isEmpty();
        }
        cluster.suppress("F1").framework("F2", "other").agent("A4", "cpus:1;mem:64");
        assertThat(cluster.offers()).as("nothing is held back").contains(offer("F2", "other", "A4", "cpus:1;mem:64"));
    }

    @Test
    void aFilterBlocksOnlyOffersThatItContainsAsAWhole() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:512");
        cluster.decline(cluster.offer(), A_DAY).update("A1", Resources.parse("cpus:0.5;mem:512"));
        assertThat(cluster.offers()).isEmpty();
        cluster.update("A1", Resources.parse("cpus:1;mem:64;disk:1"));
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:64;disk:1"));
    }

    /** Ours rest until the next full pass even without a filter. */
    @Test
    void filtersLastAnIntervalAndZeroMeansNone() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        var declined = cluster.offer();
        cluster.decline(declined, 0.001);
        assertThat(anyEvent("F2").offers()).isEmpty();
        assertThat(cluster.tick().offers()).as("in force for one pass").isEmpty();
        assertThat(cluster.tick().offers()).containsExactly(declined);
        cluster.decline(declined, 0);
        if (!mesosExact) {
            assertThat(anyEvent("F3").offers()).isEmpty();
            cluster.tick();
        } else {
            anyEvent("F3");
        }
        assertThat(cluster.offers()).containsExactly(declined);
        cluster.decline(declined, AllocatorInput.Refusal.DEFAULT.seconds()).advance(Duration.ofMillis(4_999));
        assertThat(cluster.offers()).isEmpty();
        assertThat(cluster.advance(Duration.ofMillis(1_001)).offers()).containsExactly(declined);
    }

    /** Makes all agents candidates. */
    private Scenario anyEvent(String framework) {
        return cluster.framework(framework, Scenario.suppressed(List.of("other"), List.of("other")));
    }

    @Test
    void gpusAndRegionsWithholdWholeAgents() {
        cluster = new Scenario(cluster.config.withDomain(new FaultDomain("here", "z1")), 1);
        var far = new AgentDescription(
                "A2",
                List.of(),
                Optional.of(new FaultDomain("there", "z1")),
                Scenario.description("A2", "").capabilities());
        cluster.framework("F1", "role1").agent("A1", "cpus:2;cpus(role1):2;gpus:1");
        cluster.apply(new AllocatorInput.AgentAdded(
                new AgentId("A2"), far, Resources.parse("cpus:2;cpus(role1):2"), List.of(), Optional.empty()));
        assertThat(cluster.tick().offers()).isEmpty();
    }

    /** Ours offer at once what a changed quota makes available. */
    @Test
    void updatesOfFrameworkWeightAndQuotaTriggerNoRun() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        var declined = cluster.offer();
        cluster.recover(declined);
        cluster.apply(new AllocatorInput.FrameworkUpdated(new FrameworkId("F1"), Scenario.profile("role1", "role2")))
                .weight("role1", 2)
                .suppress("F1", "role2");
        assertThat(cluster.offers()).isEmpty();
        cluster.quota("role1", "cpus:1;mem:64");
        if (mesosExact) {
            assertThat(cluster.offers()).isEmpty();
            cluster.tick();
        }
        assertThat(cluster.offers()).containsExactly(declined);
    }

    @Test
    void aSharedVolumeIsOfferedOnceInARunEvenWhileInUse() {
        var sharing = Scenario.capable("role1", FrameworkCapability.SHARED_RESOURCES);
        var shared = Resources.of(volume(Kind.STATIC, "role1", "v1", 64).asShared());
        cluster = new Scenario(cluster.config.withMinAllocatable(List.of()), 1);
        cluster.framework("F1", sharing)
                .agent("A1", Resources.parse("cpus:1;mem:64").plus(shared));
        var first = cluster.offer();
        assertThat(first.resources()).isEqualTo(Resources.parse("cpus:1;mem:64").plus(shared));
        cluster.commit(first).pause().suppress("F1").framework("F2", sharing).framework("F3", sharing);
        cluster.resume();
        assertThat(cluster.offers()).containsExactly(offer("F2", "role1", "A1", shared));
        assertThat(cluster.tick().offers())
                .contains(offer("F3", "role1", "A1", shared))
                .hasSize(1);
    }

    @Test
    void aRunVisitsCandidatesButHoldsBackInTheWholeCluster() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2");
        cluster.recover(cluster.offer());
        cluster.quota("quota", "", "").agent("A2", "cpus:1");
        assertThat(cluster.offers())
                .as("A1 is free, but no candidate")
                .containsExactly(offer("F1", "role1", "A2", "cpus:1"));
        cluster.decline(cluster.tick().offer(), A_DAY).quota("quota", "cpus:2").agent("A3", "cpus:1");
        assertThat(cluster.offers())
                .as("A1 is enough to hold back, though no candidate")
                .containsExactly(offer("F1", "role1", "A3", "cpus:1"));
    }

    @Test
    void deactivatedAgentsCountForSharesAndHeadroom() {
        cluster.quota("quota", "cpus:2").framework("F1", "role1");
        cluster.agent("A1", "cpus:2");
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.AgentDeactivated(new AgentId("A1"))).agent("A2", "cpus:2");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A2", "cpus:2"));
        assertThat(cluster.figures("role1").share()).isEqualTo(0.5);
    }
}
