package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** When runs happen, also after a failover, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class RunScenarioTest {
    private static final AgentId A1 = new AgentId("A1");
    private static final FrameworkId F1 = new FrameworkId("F1");

    private final boolean mesosExact;
    private Scenario cluster;

    RunScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    @Test
    void runsAreDueAfterEventsAndOncePerInterval() {
        var allocator = cluster.allocator;
        assertThat(allocator.nextDue()).isEqualTo(Long.MAX_VALUE);
        cluster.pause().framework("F1", "role1");
        assertThat(allocator.nextDue())
                .isEqualTo(cluster.now.deadline(cluster.config.timing().eventDelay()));
        allocator.allocate(cluster.now);
        assertThat(allocator.nextDue())
                .isEqualTo(cluster.now.deadline(cluster.config.timing().allocationInterval()));
        cluster.now = cluster.now.plus(Duration.ofMillis(1_500));
        allocator.allocate(cluster.now);
        assertThat(allocator.nextDue())
                .isEqualTo(cluster.now.deadline(cluster.config.timing().allocationInterval()));
    }

    @Test
    void eventsThatGatherShareOneRun() {
        cluster.pause();
        for (int i = 0; i < 10; i++) {
            cluster.agent("A" + i, "cpus:1;mem:64");
        }
        cluster.framework("F1", "role1").resume();
        assertThat(cluster.offers()).hasSize(10);
        assertThat(cluster.allocator.figures().runs()).isEqualTo(1);
    }

    @Test
    void comersTriggerARun() {
        triggersRun(new AllocatorInput.FrameworkAdded(F1, Scenario.profile("role1"), true, List.of()));
        triggersRun(new AllocatorInput.AgentAdded(
                A1, Scenario.description("A1", ""), Resources.parse("cpus:1;mem:64"), List.of(), Optional.empty()));
        triggersNone(
                new AllocatorInput.FrameworkAdded(new FrameworkId("F2"), Scenario.profile("role1"), false, List.of()));
    }

    @Test
    void whatMakesOffersPossibleTriggersARun() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        triggersNone(new AllocatorInput.FrameworkDeactivated(F1));
        triggersRun(new AllocatorInput.FrameworkActivated(F1));
        triggersNone(new AllocatorInput.FrameworkActivated(F1));
        triggersNone(new AllocatorInput.Suppressed(F1, List.of()));
        triggersRun(new AllocatorInput.Revived(F1, List.of()));
        triggersRun(
                new AllocatorInput.AgentUpdated(A1, Scenario.description("A1", ""), Resources.parse("cpus:2;mem:64")));
        triggersRun(new AllocatorInput.AgentUpdated(
                A1, Scenario.description("A1", "rack:r1"), Resources.parse("cpus:2;mem:64")));
        triggersNone(new AllocatorInput.AgentUpdated(
                A1, Scenario.description("A1", "rack:r1"), Resources.parse("cpus:2;mem:64")));
        triggersRun(new AllocatorInput.UnavailabilityChanged(
                A1, Optional.of(new Unavailability(Instant.EPOCH, Optional.empty()))));
    }

    @Test
    void policyTriggersNoRunButQuota() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        triggersNone(new AllocatorInput.WeightChanged(new RolePath("role1"), 2));
        triggersNone(new AllocatorInput.OrderChanged(new RolePath("role1"), OrderPolicy.FIFO, 0));
        triggersNone(new AllocatorInput.WhitelistChanged(Optional.of(List.of("A1"))));
        triggersNone(new AllocatorInput.FrameworkUpdated(F1, Scenario.profile("role1", "role2")));
        triggersRunUnlessMesosExact(new AllocatorInput.QuotaChanged(
                new RolePath("role1"), Quantities.parse("cpus:4"), Scenario.limits("cpus:4")));
    }

    @Test
    void whatIsFreedTriggersARunUnlessMesosExactButNotWhatIsDeclined() {
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:128");
        var whole = cluster.offer();
        var used = Scenario.of(whole, Resources.parse("cpus:1;mem:64"));
        triggersNone(new AllocatorInput.Committed(used));
        triggersNone(new AllocatorInput.Recovered(used, Origin.OFFERED, Optional.of(Refusal.DEFAULT)));
        triggersNone(new AllocatorInput.AvailableConverted(
                A1, Resources.parse("cpus:1"), ResourceSamples.dynamic("role1", "cpus:1")));
        triggersRunUnlessMesosExact(new AllocatorInput.Recovered(used, Origin.USED, Optional.empty()));
        triggersNone(new AllocatorInput.AgentDeactivated(A1));
        triggersRunUnlessMesosExact(new AllocatorInput.AgentActivated(A1));
        triggersRunUnlessMesosExact(new AllocatorInput.FrameworkRemoved(F1));
        triggersNone(new AllocatorInput.AgentRemoved(A1));
    }

    private void triggersRun(AllocatorInput input) {
        assertThat(runsAfter(input)).as("runs after %s", input).isEqualTo(1);
    }

    private void triggersNone(AllocatorInput input) {
        assertThat(runsAfter(input)).as("runs after %s", input).isZero();
    }

    private void triggersRunUnlessMesosExact(AllocatorInput input) {
        assertThat(runsAfter(input)).as("runs after %s", input).isEqualTo(mesosExact ? 0 : 1);
    }

    private long runsAfter(AllocatorInput input) {
        long before = cluster.allocator.figures().runs();
        cluster.apply(input);
        return cluster.allocator.figures().runs() - before;
    }

    @Test
    void afterAFailoverNothingIsOfferedUntilEnoughAgentsAreBack() {
        cluster.apply(new AllocatorInput.Recovering(2, Duration.ofMinutes(10)));
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024").tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.agent("A2", "cpus:1;mem:512");
        assertThat(cluster.offers()).hasSize(2);
    }

    @Test
    void afterAFailoverTheWaitForAgentsEnds() {
        cluster.apply(new AllocatorInput.Recovering(2, Duration.ofMinutes(10)));
        cluster.framework("F1", "role1").agent("A1", "cpus:2;mem:1024").advance(Duration.ofMinutes(9));
        assertThat(cluster.offers()).isEmpty();
        cluster.advance(Duration.ofMinutes(1));
        assertThat(cluster.offers()).hasSize(1);
    }

    /** Mesos' FrameworkReregistersFirst. */
    @Test
    void afterAFailoverTheFrameworkMayComeFirst() {
        var task = held("F1", "role1", "A1", "cpus:1;mem:500");
        cluster.framework("F1", Scenario.profile("role1"), task).agent("A1", "cpus:2;mem:1024", task);
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:524"));
    }

    /** Mesos' SlaveReregistersFirst. */
    @Test
    void afterAFailoverTheAgentMayComeFirst() {
        var task = held("F1", "role1", "A1", "cpus:1;mem:500");
        cluster.agent("A1", "cpus:2;mem:1024", task).framework("F1", Scenario.profile("role1"), task);
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A1", "cpus:1;mem:524"));
    }
}
