package dev.proffer.allocator;

import static dev.proffer.allocator.ResourceSamples.dynamic;
import static dev.proffer.allocator.ResourceSamples.reserved;
import static dev.proffer.allocator.ResourceSamples.volume;
import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.model.AgentId;
import dev.proffer.model.Reservation.Kind;
import dev.proffer.model.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reservations, volumes and what is done to them, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class ReservationScenarioTest {
    private static final double A_DAY = 86_400;

    private final boolean mesosExact;
    private Scenario cluster;

    ReservationScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    /** Mesos' Reservations. */
    @Test
    void reservationsAreForTheirRole() {
        cluster.agent("A1", "cpus(role1):2;mem(role1):1024")
                .agent("A2", "cpus(role2):2;mem(role2):1024;cpus:1;mem:1024")
                .agent("A3", "cpus(role3):1;mem(role3):1024")
                .framework("F1", "role1");
        assertThat(cluster.offers())
                .containsExactlyInAnyOrder(
                        offer("F1", "role1", "A1", "cpus(role1):2;mem(role1):1024"),
                        offer("F1", "role1", "A2", "cpus:1;mem:1024"));
        cluster.framework("F2", "role2");
        assertThat(cluster.offers()).containsExactly(offer("F2", "role2", "A2", "cpus(role2):2;mem(role2):1024"));
    }

    /** Mesos' OfferAncestorReservationsToDescendantChild. */
    @Test
    void reservationsOfAncestorsAreVisibleBelow() {
        cluster.framework("F1", "a/b/c").agent("A1", "cpus(a):1;mem(a):512");
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/b/c", "A1", "cpus(a):1;mem(a):512"));
        var mixed = "cpus:2;mem:1024;cpus(a/b):4;mem(a/b):2048";
        cluster.agent("A2", mixed);
        assertThat(cluster.offers()).containsExactly(offer("F1", "a/b/c", "A2", mixed));
    }

    /** Mesos' FrameworkLoopMESOS_9554. */
    @Test
    void aFrameworkThatCannotUseWhatThereIsDoesNotEndTheSearch() {
        cluster.framework("F1", Scenario.capable("parent/child", FrameworkCapability.RESERVATION_REFINEMENT));
        cluster.agent("A1", "cpus:1;mem:1024");
        cluster.commit(cluster.offer()).framework("F2", "parent/child");
        var refined = reserved(Kind.DYNAMIC, "parent/child", Resources.parse("cpus(parent):1;mem(parent):1024"));
        cluster.agent("A2", refined);
        assertThat(cluster.offers()).containsExactly(offer("F1", "parent/child", "A2", refined));
    }

    /** Mesos' NonScalarReservationTrackingMESOS_9555. */
    @Test
    void reservationsOfPortsAloneComeAndGo() {
        cluster.agent("A1", "ports(role1):[1-2]").agent("A2", "ports(role1):[1-2]");
        cluster.apply(new AllocatorInput.AgentRemoved(new AgentId("A1")));
        cluster.apply(new AllocatorInput.AgentRemoved(new AgentId("A2")));
        assertThat(cluster.figuresOrNull("role1")).isNull();
    }

    /** Mesos' UpdateAllocation. */
    @Test
    void aVolumeThatWasMadeIsOffered() {
        cluster.framework("F1", "role1").agent("A1", "cpus:100;mem:100;disk:100");
        var first = cluster.offer();
        var made = volume("v1", 5);
        cluster.convert(first, Resources.parse("disk:5"), Resources.of(made));
        var now = Resources.parse("cpus:100;mem:100;disk:95").plus(made);
        cluster.recover(first, now).tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", now));
    }

    /** Mesos' UpdateAllocationRemoveResources. */
    @Test
    void whatAConversionConsumesIsGone() {
        cluster.framework("F1", "role1").agent("A1", "cpus:100;mem:100;disk:100");
        var first = cluster.offer();
        cluster.convert(first, Resources.parse("disk:100"), Resources.EMPTY)
                .recover(first, "cpus:100;mem:100")
                .tick();
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:100;mem:100"));
    }

    /** Mesos' UpdateAllocationSharedPersistentVolume. */
    @Test
    void aSharedVolumeComesAndGoes() {
        cluster.framework("F1", Scenario.capable("role1", FrameworkCapability.SHARED_RESOURCES));
        cluster.agent("A1", "cpus:100;mem:100;disk(role1):100");
        var first = cluster.offer();
        var shared = Resources.of(volume(Kind.STATIC, "role1", "v1", 5).asShared());
        cluster.convert(first, Resources.parse("disk(role1):5"), shared);
        var withVolume = Resources.parse("cpus:100;mem:100;disk(role1):95").plus(shared);
        cluster.recover(first, withVolume).tick();
        var second = cluster.offer();
        assertThat(second).isEqualTo(offer("F1", "role1", "A1", withVolume));
        cluster.convert(second, shared, Resources.parse("disk(role1):5")).recover(second, first.resources());
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(first);
        assertThat(cluster.figures("role1").share()).isEqualTo(1);
    }

    /** Mesos' SharedResourcesCapability. */
    @Test
    void sharedVolumesAreOnlyForThoseWhoKnowThem() {
        cluster.framework("F1", "role1").agent("A1", "cpus:100;mem:100;disk(role1):100");
        var first = cluster.offer();
        var shared = Resources.of(volume(Kind.STATIC, "role1", "v1", 5).asShared());
        var rest = Resources.parse("cpus:100;mem:100;disk(role1):95");
        cluster.convert(first, Resources.parse("disk(role1):5"), shared)
                .recover(first, rest.plus(shared))
                .tick();
        var second = cluster.offer();
        assertThat(second).isEqualTo(offer("F1", "role1", "A1", rest));
        cluster.decline(second, A_DAY).framework("F2", Scenario.capable("role1", FrameworkCapability.SHARED_RESOURCES));
        assertThat(cluster.offers()).containsExactly(offer("F2", "role1", "A1", rest.plus(shared)));
    }

    /** Mesos' AllocateSharedResources. */
    @ParameterizedTest(name = "withQuota={0}")
    @ValueSource(booleans = {false, true})
    void aSharedVolumeInUseIsOfferedToOthers(boolean withQuota) {
        if (withQuota) {
            cluster.quota("role1", "cpus:8;mem:2048;disk:4096");
        }
        var sharing = Scenario.capable("role1", FrameworkCapability.SHARED_RESOURCES);
        cluster.framework("F1", sharing).agent("A1", "cpus:4;mem:1024;disk(role1):2048");
        var first = cluster.offer();
        cluster.framework("F2", sharing);
        var shared = Resources.of(volume(Kind.STATIC, "role1", "v1", 5).asShared());
        var task = Resources.parse("cpus:1;mem:5").plus(shared);
        cluster.convert(first, Resources.parse("disk(role1):5"), shared);
        cluster.apply(new AllocatorInput.Committed(Scenario.of(first, task)));
        cluster.recover(first, "cpus:3;mem:1019;disk(role1):2043").tick();
        assertThat(cluster.offers())
                .containsExactly(offer(
                        "F2",
                        "role1",
                        "A1",
                        Resources.parse("cpus:3;mem:1019;disk(role1):2043").plus(shared)));
    }

    /** Mesos' UpdateAvailableSuccess. */
    @Test
    void whatIsFreeCanBeReserved() {
        cluster.agent("A1", "cpus:100;mem:100;disk:100");
        cluster.apply(new AllocatorInput.AvailableConverted(
                new AgentId("A1"), Resources.parse("cpus:25;mem:50"), dynamic("role1", "cpus:25;mem:50")));
        cluster.framework("F1", "role1");
        assertThat(cluster.offers())
                .containsExactly(offer(
                        "F1",
                        "role1",
                        "A1",
                        Resources.parse("cpus:75;mem:50;disk:100").plus(dynamic("role1", "cpus:25;mem:50"))));
    }

    /** Mesos' UpdateAvailableFail. */
    @Test
    void whatIsHeldCannotBeReservedByOthers() {
        cluster.agent("A1", "cpus:100;mem:100;disk:100").framework("F1", "role1");
        var conversion = new AllocatorInput.AvailableConverted(
                new AgentId("A1"), Resources.parse("cpus:25;mem:50"), dynamic("role1", "cpus:25;mem:50"));
        assertThatThrownBy(() -> cluster.apply(conversion)).isInstanceOf(IllegalArgumentException.class);
        assertThat(cluster.allocator.free(new AgentId("A1"))).contains(Resources.EMPTY);
    }

    @Test
    void aSharedVolumeIsOfferedOncePerRun() {
        var sharing = Scenario.capable("role1", FrameworkCapability.SHARED_RESOURCES);
        var shared = Resources.of(volume(Kind.STATIC, "role1", "v1", 5).asShared());
        cluster.pause().framework("F1", sharing).framework("F2", sharing);
        cluster.agent("A1", Resources.parse("cpus:1;mem:64").plus(shared)).resume();
        assertThat(cluster.offers()).hasSize(1);
        cluster.tick();
        assertThat(cluster.offers()).as("the volume alone is too small").isEmpty();
    }

    @Test
    void whatIsInUseByAnUnknownFrameworkIsNotFree() {
        cluster.agent("A1", "cpus:2;mem:200", held("ghost", "role9", "A1", "cpus:1;mem:100"));
        cluster.framework("F1", "role1");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:100"));
    }
}
