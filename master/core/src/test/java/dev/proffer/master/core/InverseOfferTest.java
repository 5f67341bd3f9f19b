package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.InverseOfferAnswer;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.master.core.snapshot.MaintenanceSnapshot;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frameworks are asked to leave agents whose machines will not be there. */
class InverseOfferTest {
    private final MasterScenario master = new MasterScenario();
    private final TestAgent agent = master.registered("cpus:2");
    private final TestScheduler scheduler = master.subscribed();
    private final Unavailability window =
            new Unavailability(master.now().wall().plus(Duration.ofHours(1)), Optional.of(Duration.ofMinutes(30)));

    private void schedule(Optional<Unavailability> maintenance) {
        master.apply(
                new MasterInput.AgentPolicyChanged(agent.id(), new AgentPolicy(false, Optional.empty(), maintenance)));
        master.advance(Duration.ofSeconds(1));
    }

    private void launch() {
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1"));
    }

    private MaintenanceSnapshot maintenance() {
        return master.snapshot().agents().getFirst().maintenance();
    }

    private InverseOffer asked() {
        launch();
        schedule(Optional.of(window));
        return scheduler.inverseOffers().getLast();
    }

    /** As in Mesos' MasterMaintenanceTest.InverseOffers. */
    @Test
    void whoHoldsSomethingOnTheAgentIsAskedToLeave() {
        var other = master.subscribed();
        other.suppress();
        var offer = asked();

        assertThat(offer.getAgentId()).isEqualTo(agent.info().getId());
        assertThat(offer.getFrameworkId()).isEqualTo(scheduler.wireId());
        assertThat(offer.getUrl().getAddress().getHostname())
                .isEqualTo(agent.info().getHostname());
        assertThat(offer.getResourcesList()).isEmpty();
        assertThat(offer.getUnavailability().getStart().getNanoseconds())
                .isEqualTo(window.start().getEpochSecond() * 1_000_000_000L);
        assertThat(offer.getUnavailability().getDuration().getNanoseconds())
                .isEqualTo(Duration.ofMinutes(30).toNanos());
        assertThat(other.inverseOffers()).isEmpty();
        assertThat(maintenance().inverseOffers()).hasSize(1);
        assertThat(master.snapshot().counters().count(Counter.INVERSE_OFFERS_MADE))
                .isEqualTo(1);
    }

    @Test
    void nobodyIsAskedTwiceBeforeHeAnswers() {
        asked();

        master.advance(Duration.ofMinutes(1));

        assertThat(scheduler.inverseOffers()).hasSize(1);
    }

    /** As in Mesos' MasterMaintenanceTest.PendingUnavailabilityTest. */
    @Test
    void offersOfTheAgentSayWhenItWillNotBeThere() {
        assertThat(scheduler.lastOffer().hasUnavailability()).isFalse();

        schedule(Optional.of(window));

        assertThat(scheduler.rescinded()).hasSize(1);
        assertThat(scheduler.lastOffer().getUnavailability().getStart().getNanoseconds())
                .isEqualTo(window.start().getEpochSecond() * 1_000_000_000L);
    }

    /** As in Mesos' MasterMaintenanceTest.InverseOffersFilters. */
    @Test
    void whoDeclinesIsAskedAgainWhenHisFilterIsOver() {
        scheduler.declineInverse(asked(), 30);
        assertThat(maintenance().answers())
                .containsExactly(new InverseOfferAnswer(
                        scheduler.id(), false, master.now().wall()));
        assertThat(maintenance().inverseOffers()).isEmpty();

        master.advance(Duration.ofSeconds(29));
        assertThat(scheduler.inverseOffers()).hasSize(1);
        master.advance(Duration.ofSeconds(2));

        assertThat(scheduler.inverseOffers()).hasSize(2);
    }

    @Test
    void anAcceptIsRemembered() {
        scheduler.acceptInverse(asked(), 3600);

        assertThat(maintenance().answers())
                .containsExactly(new InverseOfferAnswer(
                        scheduler.id(), true, master.now().wall()));
        assertThat(master.snapshot().counters().count(Counter.INVERSE_OFFERS_ACCEPTED))
                .isEqualTo(1);
    }

    @Test
    void anothersInverseOfferCannotBeAnswered() {
        var offer = asked();
        var other = master.subscribed();

        other.acceptInverse(offer, 5);

        assertThat(maintenance().answers()).isEmpty();
        assertThat(maintenance().inverseOffers())
                .extracting(InverseOfferSnapshot::framework)
                .contains(scheduler.id());
    }

    /** As in Mesos' MasterMaintenanceTest.EnterMaintenanceMode's rescinds. */
    @Test
    void whatWasAskedIsTakenBackWhenTheScheduleChanges() {
        var offer = asked();

        schedule(Optional.empty());

        assertThat(scheduler.events(Event.Type.RESCIND_INVERSE_OFFER))
                .singleElement()
                .satisfies(event -> assertThat(event.getRescindInverseOffer().getInverseOfferId())
                        .isEqualTo(offer.getId()));
        assertThat(maintenance().unavailability()).isEmpty();
    }

    @Test
    void answersToAnotherScheduleDoNotCount() {
        scheduler.acceptInverse(asked(), 0);

        schedule(Optional.of(new Unavailability(window.start().plusSeconds(60), Optional.empty())));

        assertThat(maintenance().answers()).isEmpty();
        assertThat(scheduler.inverseOffers().getLast().getUnavailability().hasDuration())
                .isFalse();
    }

    @Test
    void tasksOnACordonedNodeAreAskedToLeave() {
        launch();

        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(true, false)));

        assertThat(scheduler.inverseOffers()).hasSize(1);
    }

    @Test
    void aFrameworkThatFailsOverIsAskedAnew() {
        asked();
        scheduler.subscribe();
        master.advance(Duration.ofSeconds(1));

        assertThat(scheduler.inverseOffers()).hasSize(1);
        assertThat(maintenance().inverseOffers()).hasSize(1);
    }

    @Test
    void nothingIsAskedOfAFrameworkThatIsRemoved() {
        scheduler.acceptInverse(asked(), 0);
        master.advance(Duration.ofSeconds(1));
        assertThat(maintenance().inverseOffers()).hasSize(1);

        scheduler.tearDown();

        assertThat(maintenance().inverseOffers()).isEmpty();
        assertThat(maintenance().answers()).isEmpty();
    }

    @Test
    void inverseOffersOfAnAgentThatIsLostAreRescinded() {
        asked();

        agent.unregister();

        assertThat(scheduler.events(Event.Type.RESCIND_INVERSE_OFFER)).hasSize(1);
    }

    @Test
    void aBrokenLinkDoesNotTakeTheQuestionBack() {
        asked();

        agent.disconnect();
        master.advance(Duration.ofSeconds(5));
        agent.register();

        assertThat(scheduler.events(Event.Type.RESCIND_INVERSE_OFFER)).isEmpty();
        assertThat(maintenance().inverseOffers()).hasSize(1);
    }

    @Test
    void idsThatNobodyKnowsArePassedOver() {
        var gone = asked();
        schedule(Optional.empty());

        scheduler.acceptInverse(gone, 5);
        scheduler.declineInverse(gone, 5);

        assertThat(maintenance().answers()).isEqualTo(List.of());
    }
}
