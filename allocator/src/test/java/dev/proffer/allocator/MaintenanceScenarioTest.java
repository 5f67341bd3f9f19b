package dev.proffer.allocator;

import static dev.proffer.allocator.Scenario.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Inverse offers, in both profiles. */
@ParameterizedClass(name = "mesosExact={0}")
@ValueSource(booleans = {false, true})
class MaintenanceScenarioTest {
    private static final Unavailability SOON = new Unavailability(Instant.ofEpochSecond(60), Optional.empty());

    private final boolean mesosExact;
    private Scenario cluster;

    MaintenanceScenarioTest(boolean mesosExact) {
        this.mesosExact = mesosExact;
    }

    @BeforeEach
    void start() {
        cluster = Scenario.of(mesosExact);
    }

    private static Allocation inverse(String framework, String agent, Unavailability unavailability) {
        return new Allocation.InverseOffer(new FrameworkId(framework), new AgentId(agent), unavailability);
    }

    private void unavailable(String agent, Unavailability unavailability) {
        cluster.apply(new AllocatorInput.UnavailabilityChanged(new AgentId(agent), Optional.of(unavailability)));
    }

    private void answer(String framework, String agent, Optional<Boolean> accepted, double seconds) {
        cluster.apply(new AllocatorInput.InverseOfferClosed(
                new FrameworkId(framework), new AgentId(agent), accepted, Optional.of(new Refusal(seconds))));
    }

    /** Mesos' MaintenanceInverseOffers. */
    @Test
    void onlyThoseWhoHoldSomethingAreAsked() {
        cluster.framework("F1", "*").agent("A1", "cpus:2;mem:1024", held("F1", "*", "A1", "cpus:2;mem:1024"));
        cluster.agent("A2", "cpus:2;mem:1024");
        cluster.decline(cluster.offer(), 86_400);
        unavailable("A1", SOON);
        unavailable("A2", SOON);
        assertThat(cluster.offers()).containsExactly(inverse("F1", "A1", SOON));
    }

    /** Mesos' AddAgentWithUnknownFrameworkAndMaintenance (MESOS-10109). */
    @Test
    void unknownFrameworksAreNotAsked() {
        var later = new Unavailability(Instant.ofEpochSecond(365 * 86_400L), Optional.empty());
        cluster.apply(new AllocatorInput.AgentAdded(
                new AgentId("A1"),
                Scenario.description("A1", ""),
                Resources.parse("cpus:2;mem:1024"),
                List.of(held("ghost", "*", "A1", "cpus:2;mem:1024")),
                Optional.of(later)));
        cluster.framework("F1", "role1").agent("A2", "cpus:2;mem:1024");
        assertThat(cluster.offers()).hasSize(1);
        unavailable("A2", SOON);
        assertThat(cluster.offers()).containsExactly(inverse("F1", "A2", SOON));
    }

    @Test
    void onlyOneQuestionIsOpenAtATimeAndRefusalsHold() {
        cluster.framework("F1", "*").agent("A1", "cpus:2;mem:1024", held("F1", "*", "A1", "cpus:2;mem:1024"));
        unavailable("A1", SOON);
        assertThat(cluster.offers()).hasSize(1);
        cluster.tick();
        assertThat(cluster.offers()).isEmpty();
        answer("F1", "A1", Optional.of(false), 3);
        cluster.tick().tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.tick();
        assertThat(cluster.offers()).containsExactly(inverse("F1", "A1", SOON));
        answer("F1", "A1", Optional.of(true), 0);
        assertThat(cluster.allocator.inverseOfferAnswers(new AgentId("A1"))).containsEntry(new FrameworkId("F1"), true);
        cluster.tick();
        assertThat(cluster.offers()).hasSize(1);
    }

    @Test
    void reviveAndAChangedTimeEndRefusals() {
        cluster.framework("F1", "*").agent("A1", "cpus:2;mem:1024", held("F1", "*", "A1", "cpus:2;mem:1024"));
        unavailable("A1", SOON);
        cluster.offers();
        answer("F1", "A1", Optional.of(false), 3600);
        cluster.tick();
        assertThat(cluster.offers()).isEmpty();
        cluster.revive("F1");
        assertThat(cluster.offers()).containsExactly(inverse("F1", "A1", SOON));
        answer("F1", "A1", Optional.of(false), 3600);
        var longer = new Unavailability(SOON.start(), Optional.of(Duration.ofHours(1)));
        unavailable("A1", longer);
        assertThat(cluster.offers()).containsExactly(inverse("F1", "A1", longer));
        assertThat(cluster.allocator.inverseOfferAnswers(new AgentId("A1"))).isEmpty();
    }

    @Test
    void aWithdrawnQuestionIsAskedAgain() {
        cluster.framework("F1", "*").agent("A1", "cpus:2;mem:1024", held("F1", "*", "A1", "cpus:2;mem:1024"));
        unavailable("A1", SOON);
        assertThat(cluster.offers()).hasSize(1);
        cluster.apply(new AllocatorInput.InverseOfferClosed(
                new FrameworkId("F1"), new AgentId("A1"), Optional.empty(), Optional.empty()));
        cluster.tick();
        assertThat(cluster.offers()).hasSize(1);
    }
}
