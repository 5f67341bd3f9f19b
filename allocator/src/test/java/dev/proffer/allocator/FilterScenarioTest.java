package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals, suppression and revival, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class FilterScenarioTest {
    private static final double A_DAY = 86_400;

    private final boolean mesosExact;
    private Scenario cluster;

    FilterScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' OfferFilter. */
    @Test
    void aFilterEndsWithItsTime() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:512");
        var declined = cluster.offer();
        cluster.decline(declined, 2);
        assertThat(cluster.figures("role1").filters()).isEqualTo(1);
        cluster.tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(declined);
        assertThat(cluster.figures("role1").filters()).isZero();
    }

    /** Mesos' SmallOfferFilterTimeout. */
    @Test
    void aFilterShorterThanTheIntervalIsInForceForOnePass() {
        cluster = new Scenario(cluster.config.withAllocationInterval(Duration.ofMinutes(1)), 1);
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:512", held("F1", "role1", "A1", "cpus:1;mem:512"));
        cluster.framework("F2", "role2").agent("A2", "cpus:1;mem:512");
        var declined = cluster.offer();
        assertThat(declined).isEqualTo(offer("F2", "role2", "A2", "cpus:1;mem:512"));
        cluster.decline(declined, 1).advance(Duration.ofSeconds(1));
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        var toOther = cluster.offer();
        assertThat(toOther).isEqualTo(offer("F1", "role1", "A2", "cpus:1;mem:512"));
        cluster.recover(toOther).tick();
        assertThat(cluster.offers()).containsExactly(declined);
    }

    /** Mesos' ReviveOffers. */
    @Test
    void reviveEndsFilters() {
        cluster.framework("F1", "*").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, 1000).tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.revive("F1");
        assertThat(cluster.offers()).containsExactly(declined);
    }

    /** Mesos' SuppressAndReviveOffers. */
    @Test
    void suppressedFrameworksAreOfferedNothing() {
        cluster.framework("F1", "role1").revive("F1").agent("A1", "cpus:2;mem:1024");
        var first = cluster.offer();
        cluster.recover(first).suppress("F1").tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.revive("F1");
        assertThat(cluster.offers()).containsExactly(first);
    }

    /** Mesos' SuppressAndReviveOffersWithMultiRole. */
    @Test
    void rolesAreSuppressedAndRevivedOneByOne() {
        cluster.framework("F1", Scenario.suppressed(List.of("role1", "role2"), List.of("role1")));
        cluster.agent("A1", "cpus:1;mem:1024");
        var inRole2 = cluster.offer();
        assertThat(inRole2).isEqualTo(offer("F1", "role2", "A1", "cpus:1;mem:1024"));
        cluster.decline(inRole2, A_DAY).tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.revive("F1", "role1");
        var inRole1 = cluster.offer();
        assertThat(inRole1).isEqualTo(offer("F1", "role1", "A1", "cpus:1;mem:1024"));
        cluster.decline(inRole1, A_DAY).tick();
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' DeactivateAndReactivateFramework. */
    @Test
    void inactiveFrameworksAreOfferedNothing() {
        var id = new FrameworkId("F1");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var first = cluster.offer();
        cluster.recover(first)
                .suppress("F1")
                .apply(new AllocatorInput.FrameworkDeactivated(id))
                .tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.FrameworkActivated(id)).revive("F1");
        assertThat(cluster.offers()).containsExactly(first);
    }

    /** Mesos' RemoveFilters. */
    @Test
    void newAttributesEndTheFiltersOnAnAgent() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, 2).tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.AgentUpdated(
                new AgentId("A1"), Scenario.description("A1", "foo:bar;baz:quux"), Resources.parse("cpus:2;mem:1024")));
        assertThat(cluster.offers()).containsExactly(declined);
    }

    /** Mesos' ActiveOfferFiltersMetrics. */
    @Test
    void filtersAreCountedByRole() {
        cluster.framework("F1", "roleA").agent("A1", "cpus:2;mem:1024");
        cluster.decline(cluster.offer(), 1000);
        assertThat(cluster.figures("roleA").filters()).isEqualTo(1);
        cluster.framework("F2", "roleB");
        cluster.decline(cluster.offer(), 1000);
        assertThat(cluster.figures("roleB").filters()).isEqualTo(1);
        cluster.framework("F3", "roleA");
        cluster.decline(cluster.offer(), 1000);
        assertThat(cluster.figures("roleA").filters()).isEqualTo(2);
        assertThat(cluster.figures("roleB").filters()).isEqualTo(1);
    }

    @Test
    void aFilterIsDroppedWhenAnythingMoreIsFree() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var first = cluster.offer();
        cluster.recover(
                Scenario.of(first, Resources.parse("cpus:1;mem:512")),
                Origin.OFFERED,
                Optional.of(new AllocatorInput.Refusal(A_DAY)));
        var used = Scenario.of(first, Resources.parse("cpus:1;mem:512"));
        cluster.apply(new AllocatorInput.Committed(used)).tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.recover(used, Origin.USED, Optional.empty());
        if (mesosExact) {
            assertThat(cluster.offers()).isEmpty();
            cluster.tick();
        }
        assertThat(cluster.offers()).containsExactly(first);
    }

    @Test
    void negativeAndMeaninglessTimesMeanTheDefaultAndLongOnesAYear() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        for (double seconds : new double[] {-1, Double.NaN, -1e18}) {
            cluster.decline(cluster.offer(), seconds).advance(Duration.ofSeconds(4));
            assertThat(cluster.offers()).isEmpty();
            cluster.tick();
        }
        cluster.decline(cluster.offer(), 1e18).advance(Duration.ofDays(364));
        assertThat(cluster.offers()).isEmpty();
        cluster.advance(Duration.ofDays(1));
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void deactivationDropsAllFilters() {
        var id = new FrameworkId("F1");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, A_DAY).apply(new AllocatorInput.FrameworkDeactivated(id));
        cluster.apply(new AllocatorInput.FrameworkActivated(id));
        assertThat(cluster.offers()).containsExactly(declined);
    }

    @Test
    void aRoleThatIsNoLongerSuppressedLosesItsFiltersWithoutARun() {
        var id = new FrameworkId("F1");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, A_DAY).suppress("F1");
        cluster.apply(new AllocatorInput.FrameworkUpdated(id, Scenario.profile("role1")));
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(declined);
    }

    @Test
    void aRoleThatIsLeftTakesItsFiltersAlong() {
        var id = new FrameworkId("F1");
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, A_DAY);
        cluster.apply(new AllocatorInput.FrameworkUpdated(id, Scenario.profile("role2")));
        cluster.apply(new AllocatorInput.FrameworkUpdated(id, Scenario.profile("role1")))
                .tick();
        assertThat(cluster.offers()).containsExactly(declined);
    }

    @Test
    void declinedResourcesWaitForTheNextPassEvenWithoutAFilter() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024");
        var declined = cluster.offer();
        cluster.decline(declined, 0).agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A2", "cpus:1;mem:512"));
        cluster.framework("F2", "role2").suppress("F2");
        if (!mesosExact) {
            assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A1", "cpus:2;mem:1024"));
        }
    }

    @Test
    void aFrameworkThatRefusesEverythingGetsLongerFilters() {
        cluster.framework("F1", "role1").revive("F1").agent("A1", "cpus:2;mem:1024");
        for (int i = 0; i < 30; i++) {
            cluster.decline(cluster.offer(), 1).advance(Duration.ofSeconds(40)).tick();
        }
        cluster.decline(cluster.offer(), 1).advance(Duration.ofSeconds(1)).advance(Duration.ofSeconds(28));
        assertThat(cluster.offers()).hasSize(mesosExact ? 1 : 0);
        if (mesosExact) {
            return;
        }
        cluster.tick();
        var accepted = cluster.offer();
        cluster.commit(accepted).recover(Scenario.holding(accepted), Origin.USED, Optional.empty());
        cluster.decline(cluster.offer(), 1).tick().tick();
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void revivingAForeignRoleIsAnError() {
        cluster.framework("F1", "role1");
        assertThatThrownBy(() -> cluster.revive("F1", "role2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("role2");
    }

    @Test
    void filtersOfOneFrameworkOnOneAgentStayFew() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        for (int i = 2; i < 200; i++) {
            cluster.decline(cluster.offer(), 1e9).update("A1", Resources.parse("cpus:" + i + ";mem:64"));
        }
        assertThat(cluster.figures("role1").filters()).isLessThan(3);
    }
}
