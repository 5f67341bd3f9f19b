package dev.proffer.allocator;

import static dev.proffer.allocator.ResourceSamples.mountedDisk;
import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarantees, limits and headroom, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class QuotaScenarioTest {
    private final boolean mesosExact;
    private Scenario cluster;

    QuotaScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' QuotaProvidesGuarantee. */
    @Test
    void aGuaranteeIsHeldBackWhileItsFrameworkRefuses() {
        cluster.quota("quota", "cpus:2;mem:1024").framework("F1", "quota").framework("F2", "none");
        cluster.agent("A1", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", "cpus:1;mem:512"));
        cluster.agent("A2", "cpus:1;mem:512");
        var second = cluster.offer();
        assertThat(second).isEqualTo(offer("F1", "quota", "A2", "cpus:1;mem:512"));
        cluster.decline(second, 2).tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(second);
    }

    /** Mesos' QuotaProvidesLimit. */
    @Test
    void aLimitOfZeroMeansNothing() {
        cluster.framework("F1", "*").quota("*", "", "cpus:0;mem:0;disk:0");
        cluster.agent("A1", "cpus:2;mem:1024;disk:1024");
        assertThat(cluster.offers()).isEmpty();
        cluster.framework("F2", "role2");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A1", "cpus:2;mem:1024;disk:1024"));
        cluster.quota("*", "", "cpus:1;mem:512;disk:512").agent("A2", "cpus:2;mem:1024;disk:1024");
        assertThat(cluster.offers())
                .containsExactly(
                        offer("F1", "*", "A2", "cpus:1;mem:512;disk:512"),
                        offer("F2", "role2", "A2", "cpus:1;mem:512;disk:512"));
    }

    /** Mesos' RemoveQuota. */
    @Test
    void withoutItsQuotaARoleIsOneOfMany() {
        cluster.quota("quota", "cpus:2;mem:1024")
                .framework("F1", "quota")
                .agent("A1", "cpus:1;mem:512", held("F1", "quota", "A1", "cpus:1;mem:512"))
                .agent("A2", "cpus:1;mem:512", held("F1", "quota", "A2", "cpus:1;mem:512"))
                .framework("F2", "none");
        assertThat(cluster.offers()).isEmpty();
        cluster.quota("quota", "")
                .recover(held("F1", "quota", "A1", "cpus:1;mem:512"), AllocatorInput.Origin.USED, Optional.empty())
                .tick();
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A1", "cpus:1;mem:512"));
        assertThat(cluster.figures("quota").guarantees()).isEqualTo(Quantities.NONE);
    }

    /** Mesos' MultipleFrameworksInRoleWithQuota. */
    @Test
    void frameworksOfARoleShareItsGuarantee() {
        cluster.quota("quota", "cpus:4;mem:2048").framework("1a", "quota").framework("2", "none");
        cluster.agent("A1", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("1a", "quota", "A1", "cpus:1;mem:512"));
        cluster.framework("1b", "quota").agent("A2", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("1b", "quota", "A2", "cpus:2;mem:1024"));
        cluster.agent("A3", "cpus:1;mem:512");
        var third = cluster.offer();
        assertThat(third).isEqualTo(offer("1a", "quota", "A3", "cpus:1;mem:512"));
        cluster.decline(third, 5).tick();
        assertThat(cluster.offers()).containsExactly(offer("1b", "quota", "A3", "cpus:1;mem:512"));
    }

    /** Mesos' QuotaAllocationGranularity. */
    @Test
    void agentsAreCutToTheGuarantee() {
        cluster.quota("quota", "cpus:0.5;mem:200").framework("F1", "quota").framework("F2", "none");
        cluster.agent("A1", "cpus:1;mem:512");
        assertThat(cluster.offers())
                .containsExactlyInAnyOrder(
                        offer("F1", "quota", "A1", "cpus:0.5;mem:200"), offer("F2", "none", "A1", "cpus:0.5;mem:312"));
    }

    /** Mesos' QuotaAllocationGranularityUnchoppableResource. */
    @Test
    void aMountedDiskIsOfferedWholeOrNotAtAll() {
        var withDisk = Resources.parse("cpus:0.5;mem:512").plus(mountedDisk("/m", 100));
        cluster.quota("quota", "cpus:2;mem:2048;disk:150").framework("F1", "quota");
        cluster.agent("A1", withDisk);
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", withDisk));
        cluster.agent("A2", withDisk);
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:0.5;mem:512"));
        cluster.agent("A3", "cpus:2;mem:2048;disk:150");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A3", "cpus:1;mem:1024;disk:50"));
    }

    /** Mesos' QuotaAllocationMultipleDisk. */
    @Test
    void severalDisksFillOneGuarantee() {
        var total = Resources.parse("cpus:1;mem:512;disk:50").plus(mountedDisk("/m", 50));
        cluster.quota("quota", "cpus:1;mem:512;disk:100")
                .framework("F1", "quota")
                .agent("A1", total);
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", total));
    }

    /** Mesos' QuotaRoleAllocateNonQuotaResource. */
    @Test
    void resourcesWithoutGuaranteeComeAlongUnlessHeldBack() {
        cluster.quota("role1", "cpus:2").framework("F1", "role1");
        cluster.agent("A1", "cpus:1;mem:1024;ports:[31000-32000]");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:1024;ports:[31000-32000]"));
        cluster.quota("role2", "mem:1024").agent("A2", "cpus:1;mem:1024;ports:[31000-32000]");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A2", "cpus:1;ports:[31000-32000]"));
        cluster.agent("A3", "cpus:1;mem:1024;ports:[31000-32000]");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A3", "mem:1024;ports:[31000-32000]"));
    }

    /** Mesos' DRFWithQuota. */
    @Test
    void aRoleWithQuotaTakesPartInFairSharing() {
        cluster.quota("quota", "cpus:0.25;mem:128")
                .framework("F1", "quota")
                .agent("A1", "cpus:1;mem:512", held("F1", "quota", "A1", "cpus:0.25;mem:128"));
        cluster.framework("F2", "none");
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A1", "cpus:0.75;mem:384"));
        cluster.agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A2", "cpus:1;mem:512"));
        assertThat(cluster.figures("quota").offeredOrConsumed()).isEqualTo(Quantities.parse("cpus:0.25;mem:128"));
        assertThat(cluster.figures("quota").guarantees()).isEqualTo(Quantities.parse("cpus:0.25;mem:128"));
        assertThat(cluster.figures("quota").limits()).isEqualTo(Scenario.limits("cpus:0.25;mem:128"));
    }

    /** Mesos' QuotaAgainstStarvation. */
    @Test
    void aGuaranteeEndsStarvation() {
        cluster.framework("F1", "quota")
                .agent("A1", "cpus:1;mem:512", held("F1", "quota", "A1", "cpus:1;mem:512"))
                .framework("F2", "none")
                .agent("A2", "cpus:1;mem:512");
        for (int i = 0; i < 2; i++) {
            var again = cluster.offer();
            assertThat(again).isEqualTo(offer("F2", "none", "A2", "cpus:1;mem:512"));
            cluster.decline(again, 0).tick();
        }
        cluster.recover(cluster.offer()).quota("quota", "cpus:2;mem:1024").tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:1;mem:512"));
    }

    /** Mesos' QuotaAbsentFrameworkWholeAgent. */
    @Test
    void guaranteesOfRolesWithoutFrameworksAreHeldBack() {
        cluster.quota("quota", "cpus:2;mem:1024").framework("F1", "none").agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A2", "cpus:2;mem:1024");
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' MultiQuotaAbsentFrameworks. */
    @Test
    void aGuaranteeIsGivenEvenIfNotAllCanBeKept() {
        cluster.quota("role1", "cpus:1;mem:1024").quota("role2", "cpus:2;mem:2048");
        cluster.framework("F2", "role2").agent("A1", "cpus:2;mem:2048");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A1", "cpus:2;mem:2048"));
    }

    /** Mesos' MultiQuotaWithFrameworks. */
    @Test
    void onlyWhatIsMissingIsGiven() {
        cluster.quota("role1", "cpus:1;mem:200")
                .framework("F1", "role1")
                .agent("A1", "cpus:1;mem:1024", held("F1", "role1", "A1", "cpus:1;mem:1024"))
                .quota("role2", "cpus:2;mem:2000")
                .framework("F2", "role2")
                .agent("A2", "cpus:1;mem:1024", held("F2", "role2", "A2", "cpus:1;mem:1024"));
        cluster.agent("A3", "cpus:2;mem:2048");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A3", "cpus:1;mem:976"));
    }

    /** Mesos' DisproportionateQuotaVsAllocation. */
    @Test
    void oneExhaustedResourceDoesNotBarTheOther() {
        cluster.quota("quota", "cpus:4;mem:1024").framework("F1", "quota").agent("A1", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", "cpus:2;mem:1024"));
        cluster.agent("A2", "cpus:2;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:2"));
    }

    /** Mesos' QuotaMetrics. */
    @Test
    void onlyWhatIsSetIsShown() {
        cluster.quota("quota", "cpus:1", "mem:1024");
        assertThat(cluster.figures("quota").guarantees()).isEqualTo(Quantities.parse("cpus:1"));
        assertThat(cluster.figures("quota").limits()).isEqualTo(Scenario.limits("mem:1024"));
        cluster.quota("quota", "cpus:2", "mem:1024");
        assertThat(cluster.figures("quota").guarantees()).isEqualTo(Quantities.parse("cpus:2"));
        cluster.quota("quota", "");
        assertThat(cluster.figuresOrNull("quota")).isNull();
    }

    /** Mesos' QuotaWithNestedRoleAllocation; a limit that binds the subtree leaves the agent to nobody. */
    @Test
    void aLimitBindsTheSubtree() {
        cluster.framework("F1", "a/b").agent("A1", "cpus:1;mem:1024", held("F1", "a/b", "A1", "cpus:1;mem:1024"));
        cluster.quota("a", "cpus:1;mem:1024").framework("F2", "a").agent("A2", "cpus:1;mem:1024");
        if (mesosExact) {
            assertThat(cluster.offers()).containsExactly(offer("F1", "a/b", "A2", "cpus:1;mem:1024"));
        } else {
            assertThat(cluster.offers()).isEmpty();
        }
    }

    /** Mesos' QuotaHeadroomWithNestedRoleAllocation. */
    @Test
    void nestedAllocationsCountOnceForTheHeadroom() {
        cluster.framework("F1", "a/b").agent("A1", "cpus:1;mem:100");
        cluster.commit(cluster.offer()).framework("F2", "a").agent("A2", "cpus:1;mem:100");
        cluster.commit(cluster.offer()).quota("quota", "cpus:1;mem:100").agent("A3", "cpus:1;mem:100");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A4", "cpus:1;mem:100");
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void aGuaranteeChangedAtRunTimeActsAtOnceUnlessMesosExact() {
        cluster.quota("quota", "", "cpus:1;mem:128").framework("F1", "quota").agent("A1", "cpus:2;mem:256");
        cluster.commit(cluster.offer());
        assertThat(cluster.offers()).isEmpty();
        cluster.quota("quota", "", "cpus:2;mem:256");
        if (!mesosExact) {
            assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", "cpus:1;mem:128"));
        } else {
            assertThat(cluster.offers()).isEmpty();
            cluster.tick();
            assertThat(cluster.offers()).hasSize(1);
        }
    }
}
