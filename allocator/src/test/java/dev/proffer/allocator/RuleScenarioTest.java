package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static dev.proffer.allocator.Scenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of Mesos that are easily got wrong, as far as no scenario of its own shows them; in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class RuleScenarioTest {
    private final boolean mesosExact;
    private Scenario cluster;

    RuleScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
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
    void theFirstStageNeedsSomethingGuaranteedOnTheAgent() {
        cluster.quota("role1", "cpus:4", "").framework("F1", "role1").framework("F2", "role2");
        cluster.agent("A1", "mem:512").commit(cluster.offer()).agent("A2", "mem:512");
        assertThat(cluster.offers()).as("fair shares decide").containsExactly(offer("F2", "role2", "A2", "mem:512"));
    }

    @Test
    void headroomIsTakenFromTheWholeClusterAlsoFromDeactivatedAgents() {
        cluster.quota("quota", "cpus:2").framework("F1", "role1");
        cluster.agent("A1", "cpus:2");
        assertThat(cluster.offers()).isEmpty();
        cluster.apply(new AllocatorInput.AgentDeactivated(new AgentId("A1"))).agent("A2", "cpus:1");
        assertThat(cluster.offers()).containsExactly(offer("F1", "role1", "A2", "cpus:1"));
    }

    @Test
    void profileAndWeightChangesTriggerNoRun() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        cluster.recover(cluster.offer());
        cluster.apply(new AllocatorInput.FrameworkUpdated(new FrameworkId("F1"), Scenario.profile("role1", "role2")))
                .weight("role1", 2)
                .suppress("F1", "role2");
        assertThat(cluster.offers()).isEmpty();
        assertThat(cluster.tick().offers()).hasSize(1);
    }

    @Test
    void runsAreDueAfterEventsAndOncePerInterval() {
        var allocator = cluster.allocator;
        assertThat(allocator.nextDue()).isEqualTo(Long.MAX_VALUE);
        cluster.pause().framework("F1", "role1");
        assertThat(allocator.nextDue()).isEqualTo(cluster.now.deadline(cluster.config.eventDelay()));
        allocator.allocate(cluster.now);
        assertThat(allocator.nextDue()).isEqualTo(cluster.now.deadline(cluster.config.allocationInterval()));
        cluster.now = cluster.now.plus(Duration.ofMillis(1_500));
        allocator.allocate(cluster.now);
        assertThat(allocator.nextDue()).isEqualTo(cluster.now.deadline(cluster.config.allocationInterval()));
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
    void filtersOfOneFrameworkOnOneAgentStayFew() {
        cluster.framework("F1", "role1").agent("A1", "cpus:1;mem:64");
        for (int i = 2; i < 200; i++) {
            cluster.decline(cluster.offer(), 1e9).update("A1", Resources.parse("cpus:" + i + ";mem:64"));
        }
        assertThat(cluster.figures("role1").filters()).isLessThan(3);
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
