package dev.proffer.allocator;

import static dev.proffer.allocator.ResourceSamples.revocable;
import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.model.AgentId;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that come, go and change, and who may be offered them, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class AgentScenarioTest {
    private final boolean mesosExact;
    private Scenario cluster;

    AgentScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' RecoverResources. */
    @Test
    void recoveredResourcesWaitForTheNextPass() {
        cluster.framework("F1", "role1").agent("A1", "cpus(role1):1;mem(role1):200;cpus:1;mem:200");
        var all = cluster.offer();
        cluster.recover(all, "cpus(role1):1;mem(role1):200");
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        if (!mesosExact) {
            assertThat(cluster.offers())
                    .as("the rest of the first offer is outstanding")
                    .isEmpty();
            cluster.recover(all, "cpus:1;mem:200");
            assertThat(cluster.offers()).containsExactly(all);
            return;
        }
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus(role1):1;mem(role1):200"));
        cluster.recover(all, "cpus:1;mem:200").tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:200"));
    }

    /** Mesos' Allocatable. */
    @Test
    void tooSmallAgentsAreNotOffered() {
        cluster.framework("F1", "role1").agent("A1", "cpus:0.005;mem:16;disk:128");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A2", "cpus:0.01;mem:16").agent("A3", "cpus:0.005;mem:32");
        assertThat(cluster.offers())
                .containsExactly(
                        offer("F1", "role1", "A2", "cpus:0.01;mem:16"),
                        offer("F1", "role1", "A3", "cpus:0.005;mem:32"));
        var mixed = "cpus:0.015;mem:16;cpus(role1):0.015;mem(role1):16;disk:128";
        cluster.agent("A4", mixed);
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A4", mixed));
    }

    /** Mesos' MinAllocatableResources: any of several alternatives suffices, all of whose parts must be there. */
    @Test
    void theSmallestOffersHaveAlternatives() {
        var alternatives = List.of(Quantities.parse("cpus:1;mem:100"), Quantities.parse("cpus:3;disk:500"));
        cluster = new Scenario(cluster.config.withMinAllocatable(alternatives), 1);
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:99").agent("A2", "cpus:2;mem:99;disk:900");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A3", "cpus:1;mem:100").agent("A4", "cpus:3;disk:500");
        assertThat(cluster.offers())
                .containsExactly(
                        offer("F1", "role1", "A3", "cpus:1;mem:100"), offer("F1", "role1", "A4", "cpus:3;disk:500"));
    }

    /** Mesos' CpusOnlyOfferedAndTaskLaunched and MemoryOnlyOfferedAndTaskLaunched. */
    @ParameterizedTest
    @ValueSource(strings = {"cpus:2", "mem:200"})
    void agentsWithOneResourceAreOfferedAgainWhenTheirTaskEnds(String only) {
        cluster.framework("F1", "*").agent("A1", only);
        var first = cluster.offer();
        assertThat(first).isEqualTo(offer("F1", "*", "A1", only));
        cluster.commit(first).recover(Scenario.holding(first), Origin.USED, Optional.empty());
        if (mesosExact) {
            cluster.tick();
        }
        assertThat(cluster.offers()).containsExactly(first);
    }

    /** Mesos' FrameworkMinAllocatable. */
    @Test
    void aFrameworkMayAcceptLess() {
        cluster.framework("F1", "role1").agent("A1", "cpus:0.005;mem:16;disk:128");
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.FrameworkUpdated(
                        new FrameworkId("F1"), Scenario.withMinimum("role1", "cpus:0.0033")))
                .tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:0.005;mem:16;disk:128"));
    }

    /** Mesos' FrameworkEmptyMinAllocatable. */
    @Test
    void aFrameworkMayAcceptAnything() {
        cluster.framework("F1", Scenario.withMinimum("role1")).agent("A1", "cpus:0.005;mem:16;disk:128");
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' UpdateSlaveTotalResources. */
    @Test
    void totalsMayGrowAndShrinkBelowWhatIsHeld() {
        cluster.framework("F1", "role1").agent("A1", "cpus:100;mem:100;disk:100");
        var first = cluster.offer();
        cluster.commit(first).update("A1", Resources.parse("cpus:112;mem:100;disk:100"));
        var more = cluster.offer();
        assertThat(more).isEqualTo(offer("F1", "role1", "A1", "cpus:12"));
        cluster.commit(more).update("A1", Resources.parse("cpus:50;mem:50;disk:50"));
        assertThat(cluster.offers()).isEmpty();
        cluster.pause();
        cluster.recover(Scenario.holding(first), Origin.USED, Optional.empty());
        cluster.recover(Scenario.holding(more), Origin.USED, Optional.empty());
        cluster.resume().tick();
        var smaller = cluster.offer();
        assertThat(smaller).isEqualTo(offer("F1", "role1", "A1", "cpus:50;mem:50;disk:50"));
        cluster.commit(smaller).update("A1", Resources.parse("cpus:100;mem:100;disk:100"));
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:50;mem:50;disk:50"));
    }

    /** Mesos' UpdateSlaveOversubscribedResources. */
    @Test
    void oversubscribedResourcesAreOfferedAsTheyAppear() {
        cluster.framework("F1", Scenario.capable("role1", FrameworkCapability.REVOCABLE_RESOURCES));
        var total = Resources.parse("cpus:100;mem:100;disk:100");
        cluster.agent("A1", total);
        cluster.commit(cluster.offer()).update("A1", total.plus(revocable("cpus", 10)));
        var ten = cluster.offer();
        assertThat(ten).isEqualTo(offer("F1", "role1", "A1", revocable("cpus", 10)));
        cluster.commit(ten).update("A1", total.plus(revocable("cpus", 12)));
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", revocable("cpus", 2)));
        cluster.update("A1", total.plus(revocable("cpus", 5)));
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' OversubscribedNotAllocated. */
    @Test
    void revocableResourcesAreOnlyForThoseWhoKnowThem() {
        cluster.framework("F1", "role1").agent("A1", "cpus:100;mem:100;disk:100");
        cluster.commit(cluster.offer())
                .update("A1", Resources.parse("cpus:100;mem:100;disk:100").plus(revocable("cpus", 10)));
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' RecoverOversubscribedResources. */
    @Test
    void recoveredRevocableResourcesAreOfferedAgain() {
        cluster.framework("F1", Scenario.capable("role1", FrameworkCapability.REVOCABLE_RESOURCES));
        cluster.agent("A1", Resources.parse("cpus:100;mem:100;disk:100").plus(revocable("cpus", 10)));
        var all = cluster.offer();
        var part = revocable("cpus", 6).plus(Resources.parse("cpus:2"));
        cluster.commit(all).recover(Scenario.of(all, part), Origin.USED, Optional.empty());
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", part));
    }

    /** Mesos' UpdateSlaveCapabilities and DontOfferOldAgentToMultiRoleFramework. */
    @Test
    void multiRoleFrameworksNeedAgentsThatKnowRoles() {
        var id = new AgentId("A1");
        var total = Resources.parse("cpus:2;mem:1024");
        var old = new AgentDescription("A1", List.of(), Optional.empty(), List.of());
        cluster.framework("F1", "role1")
                .apply(new AllocatorInput.AgentAdded(id, old, total, List.of(), Optional.empty()));
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.AgentUpdated(id, Scenario.description("A1", ""), total));
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:2;mem:1024"));
    }

    @Test
    void nestedRolesNeedAgentsThatKnowThem() {
        var flat = new AgentDescription("A1", List.of(), Optional.empty(), List.of(AgentCapability.MULTI_ROLE));
        cluster.framework("F1", "a/b")
                .apply(new AllocatorInput.AgentAdded(
                        new AgentId("A1"), flat, Resources.parse("cpus:2"), List.of(), Optional.empty()));
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' RemoveSlaveRecoverResources (MESOS-621). */
    @Test
    void aRemovedAgentIsNoLongerHeld() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:200");
        cluster.commit(cluster.offer()).framework("F2", "role1").agent("A2", "cpus:1;mem:100");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role1", "A2", "cpus:1;mem:100"));
        cluster.apply(new AllocatorInput.AgentRemoved(new AgentId("A1"))).agent("A3", "cpus:1;mem:100");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A3", "cpus:1;mem:100"));
    }

    /** Mesos' Whitelist. */
    @Test
    void onlyListedAgentsAreOffered() {
        cluster.apply(new AllocatorInput.WhitelistChanged(Optional.of(List.of("dummy-agent"))))
                .framework("F1", "*")
                .agent("A1", "cpus:2;mem:1024")
                .tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.WhitelistChanged(Optional.of(List.of("dummy-agent", "A1"))));
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' ResourceMetrics. */
    @Test
    void totalsCanBeRead() {
        cluster.agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.allocator.figures().total()).isEqualTo(Quantities.parse("cpus:2;mem:1024"));
        assertThat(cluster.allocator.figures().held()).isEqualTo(Quantities.NONE);
        cluster.framework("F1", "role1");
        assertThat(cluster.allocator.figures().held()).isEqualTo(Quantities.parse("cpus:2;mem:1024"));
        cluster.apply(new AllocatorInput.AgentRemoved(new AgentId("A1")));
        assertThat(cluster.allocator.figures().total()).isEqualTo(Quantities.NONE);
        assertThat(cluster.allocator.figures().held()).isEqualTo(Quantities.NONE);
    }

    /** Mesos' ResourceMetricsUninitialized. */
    @Test
    void figuresAreZeroBeforeTheFirstEvent() {
        var figures = cluster.allocator.figures();
        assertThat(figures.runs()).isZero();
        assertThat(figures.total()).isEqualTo(Quantities.NONE);
        assertThat(figures.held()).isEqualTo(Quantities.NONE);
        assertThat(figures.roles()).isEmpty();
    }

    /** Mesos' AllocationRunsMetric. */
    @Test
    void runsAreCounted() {
        assertThat(cluster.allocator.figures().runs()).isZero();
        cluster.agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.allocator.figures().runs()).isEqualTo(1);
        cluster.framework("F1", "role1");
        assertThat(cluster.allocator.figures().runs()).isEqualTo(2);
    }

    @Test
    void agentsWithGpusAreKeptForThoseWhoKnowThem() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024;gpus:1");
        assertThat(cluster.offers()).isEmpty();
        cluster.framework("F2", Scenario.capable("role1", FrameworkCapability.GPU_RESOURCES));
        assertThat(cluster.offers()).containsExactly(offer("F2", "role1", "A1", "cpus:2;mem:1024;gpus:1"));
    }

    @Test
    void agentsOfOtherRegionsAreForThoseWhoKnowRegions() {
        cluster = new Scenario(cluster.config.withDomain(new FaultDomain("here", "z1")), 1);
        var far = new AgentDescription(
                "A1",
                List.of(),
                Optional.of(new FaultDomain("there", "z1")),
                Scenario.description("A1", "").capabilities());
        cluster.framework("F1", "role1")
                .apply(new AllocatorInput.AgentAdded(
                        new AgentId("A1"), far, Resources.parse("cpus:2"), List.of(), Optional.empty()))
                .agent("A2", "cpus:2");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A2", "cpus:2"));
        cluster.framework("F2", Scenario.capable("role1", FrameworkCapability.REGION_AWARE));
        assertThat(cluster.offers()).containsExactly(offer("F2", "role1", "A1", "cpus:2"));
    }

    @Test
    void deactivatedAgentsAreNotOfferedButCount() {
        var id = new AgentId("A1");
        cluster.agent("A1", "cpus:2;mem:1024").apply(new AllocatorInput.AgentDeactivated(id));
        cluster.framework("F1", "role1").tick();
        assertThat(cluster.offers()).isEmpty();
        assertThat(cluster.allocator.figures().total()).isEqualTo(Quantities.parse("cpus:2;mem:1024"));
        cluster.apply(new AllocatorInput.AgentActivated(id));
        if (mesosExact) {
            assertThat(cluster.offers()).isEmpty();
            cluster.tick();
        }
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void whatATasksEndFreesIsOfferedAtOnceUnlessMesosExact() {
        var used = held("F1", "role1", "A1", "cpus:2;mem:1024");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024", used);
        cluster.recover(used, Origin.USED, Optional.empty());
        assertThat(cluster.offers()).hasSize(mesosExact ? 0 : 1);
        cluster.tick();
        assertThat(cluster.offers()).hasSize(mesosExact ? 1 : 0);
    }

    @Test
    void aFrameworkHasOneOutstandingOfferOfAnAgentUnlessMesosExact() {
        var used = held("F1", "role1", "A1", "cpus:1;mem:512");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024", used);
        var first = cluster.offer();
        cluster.recover(used, Origin.USED, Optional.empty()).tick();
        if (mesosExact) {
            assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:512"));
            return;
        }
        assertThat(cluster.offers()).isEmpty();
        cluster.decline(first, 3600);
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:2;mem:1024"));
    }

    @Test
    void recoveriesForUnknownAgentsAndFrameworksAreIgnored() {
        cluster.recover(held("F1", "role1", "A1", "cpus:1"), Origin.USED, Optional.empty());
        cluster.agent("A1", "cpus:2");
        cluster.recover(held("F1", "role1", "A1", "cpus:1"), Origin.USED, Optional.empty());
        assertThat(cluster.allocator.free(new AgentId("A1"))).contains(Resources.parse("cpus:2"));
    }

    @Test
    void contradictionsAreErrors() {
        cluster.agent("A1", "cpus:2;mem:1024").framework("F1", "role1");
        var held = cluster.offer();
        assertThatThrownBy(() -> cluster.agent("A1", "cpus:1")).hasMessageContaining("A1");
        assertThatThrownBy(() -> cluster.framework("F1", "role1")).hasMessageContaining("F1");
        assertThatThrownBy(() -> cluster.recover(held, "cpus:3")).hasMessageContaining("cpus:3");
        assertThatThrownBy(() -> cluster.weight("role1", 0)).hasMessageContaining("weight");
    }

    @Test
    void aFrameworkThatLeavesFreesWhatItHeld() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024").framework("F2", "role2");
        cluster.offers();
        cluster.apply(new AllocatorInput.FrameworkRemoved(new FrameworkId("F1")));
        if (mesosExact) {
            cluster.tick();
        }
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A1", "cpus:2;mem:1024"));
    }

    @Test
    void whatIsHeldOutlastsTheSubscriptionToItsRole() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        cluster.commit(cluster.offer());
        cluster.apply(new AllocatorInput.FrameworkUpdated(new FrameworkId("F1"), Scenario.profile("role2")));
        assertThat(cluster.figures("role1").share()).isEqualTo(1);
        cluster.recover(held("F1", "role1", "A1", "cpus:1;mem:64"), Origin.USED, Optional.empty());
        assertThat(cluster.figuresOrNull("role1")).isNull();
    }
}
