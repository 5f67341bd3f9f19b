package dev.proffer.allocator;

import static dev.proffer.allocator.ResourceSamples.reserved;
import static dev.proffer.allocator.ResourceSamples.volume;
import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.AgentId;
import dev.proffer.model.Reservation.Kind;
import dev.proffer.model.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How reservations count for guarantees, limits and headroom, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class QuotaReservationScenarioTest {
    private static final double A_DAY = 86_400;

    private final boolean mesosExact;
    private Scenario cluster;

    QuotaReservationScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' ReservationUnallocated. */
    @ParameterizedTest
    @EnumSource
    void reservationsNobodyHoldsCountAsConsumed(Kind kind) {
        var reserved = reserved(kind, "quota", "cpus:1;mem:1024");
        cluster.quota("quota", "cpus:1;mem:1024").framework("F1", "quota").agent("A1", reserved);
        var first = cluster.offer();
        assertThat(first).isEqualTo(offer("F1", "quota", "A1", reserved));
        cluster.decline(first, A_DAY).agent("A2", "cpus:1;mem:1024");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' ReservationAllocated. */
    @ParameterizedTest
    @EnumSource
    void reservationsInUseCountAsConsumed(Kind kind) {
        var reserved = reserved(kind, "quota", "cpus:1;mem:1024");
        cluster.quota("quota", "cpus:2;mem:2048").framework("F1", "quota").agent("A1", reserved);
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", reserved));
        cluster.agent("A2", "cpus:1;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:1;mem:1024"));
        cluster.agent("A3", "cpus:1;mem:1024");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' NonQuotaRoleReservationWithQuotaRole. */
    @ParameterizedTest
    @EnumSource
    void reservationsOfOthersStayTheirs(Kind kind) {
        var ofOthers = reserved(kind, "none", "cpus:2;mem:2048");
        cluster.quota("quota", "cpus:2;mem:2048").framework("F1", "quota");
        cluster.agent("A1", Resources.parse("cpus:2;mem:2048").plus(ofOthers));
        var unreserved = cluster.offer();
        assertThat(unreserved).isEqualTo(offer("F1", "quota", "A1", "cpus:2;mem:2048"));
        cluster.decline(unreserved, A_DAY).framework("F2", "none");
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A1", ofOthers));
    }

    /** Mesos' SharedAllocatedResourceQuotaAccounting. */
    @ParameterizedTest
    @EnumSource
    void aSharedVolumeCountsOnceForQuota(Kind kind) {
        cluster.quota("quota", "cpus:3;mem:2048;disk:100")
                .framework("F1", Scenario.capable("quota", FrameworkCapability.SHARED_RESOURCES))
                .agent("A1", reserved(kind, "quota", "cpus:2;mem:1024;disk:50"));
        var first = cluster.offer();
        assertThat(first.resources()).isEqualTo(reserved(kind, "quota", "cpus:2;mem:1024;disk:50"));
        var shared = Resources.of(volume(kind, "quota", "v1", 50).asShared());
        var half = reserved(kind, "quota", "cpus:1;mem:512");
        cluster.convert(first, reserved(kind, "quota", "disk:50"), shared);
        cluster.apply(new AllocatorInput.Committed(Scenario.of(first, half.plus(shared))));
        cluster.recover(first, half).tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A1", half.plus(shared)));
        cluster.agent("A2", "cpus:1;mem:1024;disk:50");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:1;mem:1024;disk:50"));
        cluster.agent("A3", "cpus:0.5;mem:512;disk:50");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' QuotaHeadroomWhenReservationsExceedQuota. */
    @ParameterizedTest
    @EnumSource
    void reservationsBeyondAGuaranteeAreNoHeadroom(Kind kind) {
        cluster.quota("quota1", "cpus:1;mem:1024")
                .quota("quota2", "cpus:1;mem:1024")
                .framework("F1", "none");
        cluster.agent("A1", reserved(kind, "quota1", "cpus:2;mem:2048")).agent("A2", "cpus:1;mem:1024");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A3", "cpus:1;mem:1024");
        assertThat(cluster.offers()).containsExactly(offer("F1", "none", "A3", "cpus:1;mem:1024"));
    }

    /** Mesos' ReservationWithinQuota. */
    @Test
    void reservationsCountAsConsumed() {
        cluster.quota("quota", "cpus:2;mem:256")
                .framework("F1", "quota")
                .framework("F2", "none")
                .agent("A1", "cpus:8;mem(quota):256", held("F1", "quota", "A1", "cpus:2;mem(quota):256"));
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A1", "cpus:6"));
        cluster.agent("A2", "cpus:4");
        assertThat(cluster.offers()).containsExactly(offer("F2", "none", "A2", "cpus:4"));
    }

    /** Mesos' QuotaSetAsideReservedResources. */
    @Test
    void reservationsOfOthersAreNoHeadroom() {
        cluster.agent("A1", "cpus:4;mem:512").agent("A2", "cpus:4;mem:512");
        cluster.apply(new AllocatorInput.AvailableConverted(
                new AgentId("A2"), Resources.parse("cpus:4;mem:512"), Resources.parse("cpus(none):4;mem(none):512")));
        cluster.quota("quota", "cpus:4;mem:512").framework("F1", "quota");
        var first = cluster.offer();
        assertThat(first).isEqualTo(offer("F1", "quota", "A1", "cpus:4;mem:512"));
        cluster.decline(first, 10).framework("F2", "none");
        var second = cluster.offer();
        assertThat(second).isEqualTo(offer("F2", "none", "A2", "cpus(none):4;mem(none):512"));
        cluster.decline(second, 10).tick();
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' QuotaWithAncestorReservations (MESOS-8604). */
    @Test
    void ancestorsReservationsInUseAreNoHeadroom() {
        cluster.quota("quota", "cpus:1;mem:1024").framework("F1", "a/b").agent("A1", "cpus(a):1;mem(a):1024");
        assertThat(cluster.offers()).hasSize(1);
        cluster.framework("F2", "none").agent("A2", "cpus:1;mem:1024").agent("A3", "cpus:1;mem:1024");
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' QuotaWithNestedRoleReservation (MESOS-9688). */
    @Test
    void reservationsOfChildrenCountForTheParent() {
        cluster.quota("a", "cpus:2;mem:200").framework("F1", "a").agent("A1", "cpus(a/b):1;mem(a/b):100");
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A2", "cpus:10;mem:1000");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a", "A2", "cpus:1;mem:100"));
    }

    /** Mesos' QuotaAccountingReserveAllocatedResources. */
    @Test
    void reservingWhatIsHeldChangesNoConsumption() {
        cluster.quota("quota", "cpus:10;mem:1024").framework("F1", "quota").agent("A1", "cpus:5;mem:512");
        var first = cluster.offer();
        cluster.convert(first, first.resources(), reserved(Kind.DYNAMIC, "quota", "cpus:5;mem:512"));
        cluster.agent("A2", "cpus:5;mem:512");
        assertThat(cluster.offers()).containsExactly(offer("F1", "quota", "A2", "cpus:5;mem:512"));
        cluster.agent("A3", "cpus:5;mem:512");
        assertThat(cluster.offers()).isEmpty();
    }

    /** Mesos' QuotaAccountingUnreserveAllocatedResources. */
    @Test
    void unreservingWhatIsHeldChangesNoConsumption() {
        var reserved = reserved(Kind.DYNAMIC, "quota", "cpus:1;mem:1024");
        cluster.quota("quota", "cpus:1;mem:1024").framework("F1", "quota").agent("A1", reserved);
        var first = cluster.offer();
        cluster.agent("A2", "cpus:1;mem:1024");
        assertThat(cluster.offers()).isEmpty();
        cluster.convert(first, reserved, Resources.parse("cpus:1;mem:1024")).tick();
        assertThat(cluster.offers()).isEmpty();
    }

    @Test
    void whatIsReservedForARoleIsOfferedBeyondItsLimit() {
        cluster.quota("role1", "", "cpus:1;mem:100").framework("F1", "role1");
        cluster.agent("A1", "cpus(role1):4;mem(role1):400;cpus:1;mem:100");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus(role1):4;mem(role1):400"));
    }

    /** The guarantee is met by the reservations, so only the second stage serves the role. */
    @Test
    void reservationsThatMeetAGuaranteeLeaveTheRestToOthers() {
        cluster.quota("a", "cpus:1;mem:64").framework("F1", "a").agent("A1", "cpus:1;mem:64;cpus(a):2;mem(a):128");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a", "A1", "cpus(a):2;mem(a):128"));
    }

    @Test
    void theFirstStageOffersReservationsOfTheRoleAndWhatIsNoScalar() {
        var all = "cpus:1;mem:64;cpus(q):1;ports:[1-2]";
        cluster.quota("q", "cpus:2;mem:64").framework("F1", "q").agent("A1", all);
        assertThat(cluster.offers()).containsExactly(offer("F1", "q", "A1", all));
    }

    @Test
    void bothStagesMakeOneOffer() {
        cluster.quota("a", "cpus:9;mem:900", "").framework("F1", "a/b").pause();
        cluster.agent("A1", "cpus:1;mem:64;cpus(a):2;mem(a):128").resume();
        var made = cluster.offers();
        if (mesosExact) {
            assertThat(made).containsExactly(offer("F1", "a/b", "A1", "cpus(a):2;mem(a):128"));
        } else {
            assertThat(made).containsExactly(offer("F1", "a/b", "A1", "cpus:1;mem:64;cpus(a):2;mem(a):128"));
        }
    }

    @Test
    void unallocatedReservationsDoNotCountForTheShare() {
        cluster.agent("A1", "cpus(role1):8;mem(role1):1024");
        cluster.framework("F2", "role2").agent("A2", "cpus:1;mem:64");
        assertThat(cluster.offers()).hasSize(1);
        assertThat(cluster.figures("role1").share()).isZero();
        cluster.framework("F1", "role1");
        assertThat(cluster.figures("role1").share()).isGreaterThan(0.8);
    }
}
