package dev.proffer.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.OperationState;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import dev.proffer.sdk.Patience;
import dev.proffer.sdk.RecordingScheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.SchedulerConfig.Acknowledgement;
import dev.proffer.sdk.SchedulerConfig.UnansweredOffers;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.testing.ScriptedMaster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Subscribing, delivering and acknowledging while all goes well, and how a session ends. */
class SchedulerSessionTest {
    private static final SchedulerConfig CONFIG = SchedulerConfig.of("test", "http://unused:5050");

    private final RecordingScheduler scheduler = new RecordingScheduler();

    @Test
    void subscribesWithoutAnIdAndTellsTheOneItGot() {
        var master = started(CONFIG);

        assertThat(scheduler.lines).containsExactly("subscribed framework-1");
        assertThat(master.calls(Call.Type.SUBSCRIBE)).singleElement().satisfies(call -> {
            assertThat(call.hasFrameworkId()).isFalse();
            assertThat(call.getSubscribe().getFrameworkInfo().hasId()).isFalse();
        });
    }

    @Test
    void declinesOffersThatTheSchedulerLeftAlone() {
        var master = started(CONFIG);

        var offer = master.offer("agent-1", "cpus:1");

        assertThat(master.calls(Call.Type.DECLINE))
                .singleElement()
                .satisfies(
                        call -> assertThat(call.getDecline().getOfferIdsList()).containsExactly(offer.getId()));
    }

    @Test
    void doesNotDeclineWhatTheSchedulerAnswered() {
        scheduler.launching("t1");
        var master = started(CONFIG);

        master.offer("agent-1", "cpus:1");

        assertThat(master.launched()).hasSize(1);
        assertThat(master.calls(Call.Type.DECLINE)).isEmpty();
    }

    @Test
    void keepsOffersForASchedulerThatWantsToCollectThem() {
        var master = started(CONFIG.withUnansweredOffers(UnansweredOffers.KEEP));

        master.offer("agent-1", "cpus:1");

        assertThat(master.calls(Call.Type.DECLINE)).isEmpty();
    }

    @Test
    void acknowledgesAnUpdateAfterTheSchedulerHasSeenIt() {
        scheduler.launching("t1");
        var master = started(CONFIG);
        scheduler.onUpdate =
                (_, _) -> assertThat(master.calls(Call.Type.ACKNOWLEDGE)).isEmpty();
        master.offer("agent-1", "cpus:1");

        master.update("t1", TaskState.TASK_RUNNING);

        assertThat(master.termination()).isEmpty();
        assertThat(master.calls(Call.Type.ACKNOWLEDGE)).singleElement().satisfies(call -> {
            var acknowledge = call.getAcknowledge();
            assertThat(acknowledge.getTaskId().getValue()).isEqualTo("t1");
            assertThat(acknowledge.getAgentId().getValue()).isEqualTo("agent-1");
            assertThat(acknowledge.getUuid())
                    .isEqualTo(scheduler.updates.getFirst().getUuid());
        });
    }

    @Test
    void doesNotAcknowledgeWhatTheMasterMadeUp() {
        scheduler.launching("t1");
        var master = started(CONFIG);
        master.offer("agent-1", "cpus:1");
        master.update("t1", TaskState.TASK_RUNNING);

        master.update(scheduler.updates.getFirst().toBuilder().clearUuid().build());

        assertThat(scheduler.updates).hasSize(2);
        assertThat(master.calls(Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void leavesAcknowledgementToASchedulerThatWantsIt() {
        scheduler.launching("t1");
        var master = started(CONFIG.withAcknowledgement(Acknowledgement.EXPLICIT));
        master.offer("agent-1", "cpus:1");
        master.update("t1", TaskState.TASK_RUNNING);
        assertThat(master.calls(Call.Type.ACKNOWLEDGE)).isEmpty();

        master.master().acknowledge(scheduler.updates.getFirst());

        assertThat(master.calls(Call.Type.ACKNOWLEDGE)).hasSize(1);
    }

    @Test
    void acknowledgesOperations() {
        var master = started(CONFIG);
        var event = Event.newBuilder().setType(Event.Type.UPDATE_OPERATION_STATUS);
        var status =
                event.getUpdateOperationStatusBuilder().getStatusBuilder().setState(OperationState.OPERATION_FINISHED);
        status.getOperationIdBuilder().setValue("op-1");
        status.getAgentIdBuilder().setValue("agent-1");
        status.getUuidBuilder().setValue(ByteString.copyFromUtf8("0123456789abcdef"));

        master.send(event.build());

        assertThat(scheduler.lines).contains("operation op-1 OPERATION_FINISHED");
        assertThat(master.calls(Call.Type.ACKNOWLEDGE_OPERATION_STATUS))
                .singleElement()
                .satisfies(call -> assertThat(
                                call.getAcknowledgeOperationStatus().getUuid().toStringUtf8())
                        .isEqualTo("0123456789abcdef"));
    }

    @Test
    void aSchedulerThatThrowsIsNotCalledAgainAndItsUpdateStaysUnacknowledged() {
        scheduler.launching("t1");
        scheduler.onUpdate = (_, _) -> {
            throw new IllegalArgumentException("no room left");
        };
        var master = started(CONFIG);
        master.offer("agent-1", "cpus:1");

        master.update("t1", TaskState.TASK_RUNNING);
        master.offer("agent-1", "cpus:1");

        assertThat(master.termination()).hasValueSatisfying(termination -> {
            assertThat(termination.cause()).isEqualTo(Termination.Cause.SCHEDULER_FAILED);
            assertThat(termination.reason()).contains("no room left");
            assertThat(termination.exception()).isPresent();
        });
        assertThat(master.calls(Call.Type.ACKNOWLEDGE)).isEmpty();
        assertThat(scheduler.offers).hasSize(1);
    }

    @Test
    void anErrorFromTheMasterEndsTheSessionWithItsReason() {
        var master = started(CONFIG);
        var event = Event.newBuilder().setType(Event.Type.ERROR);
        event.getErrorBuilder().setMessage("Framework failed over");

        master.send(event.build());
        master.passTime(Duration.ofMinutes(5));

        assertThat(master.termination()).hasValue(new Termination(Termination.Cause.REFUSED, "Framework failed over"));
        assertThat(master.calls(Call.Type.SUBSCRIBE)).hasSize(1);
    }

    @Test
    void givesUpOnAMasterThatCannotBeReachedForTooLong() {
        var master =
                new ScriptedMaster(scheduler, CONFIG.withPatience(Patience.DEFAULT.withGiveUp(Duration.ofMinutes(1))));
        master.beUnreachable("connection refused");
        master.start();

        master.passTime(Duration.ofSeconds(59));
        assertThat(master.termination()).isEmpty();
        master.passTime(Duration.ofSeconds(1));

        assertThat(master.termination()).hasValue(new Termination(Termination.Cause.UNREACHABLE, "connection refused"));
    }

    @Test
    void tearsDownAndEnds() {
        var master = started(CONFIG);

        master.master().teardown();
        master.passTime(Duration.ZERO);

        assertThat(master.calls(Call.Type.TEARDOWN)).hasSize(1);
        assertThat(master.termination().orElseThrow().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
    }

    @Test
    void tellsOfRescindedOffersInverseOffersMessagesAndFailures() {
        var master = started(CONFIG.withUnansweredOffers(UnansweredOffers.KEEP));
        master.rescind(master.offer("agent-1", "cpus:1").getId());
        var inverse = Event.newBuilder().setType(Event.Type.INVERSE_OFFERS);
        var inverseOffer = inverse.getInverseOffersBuilder().addInverseOffersBuilder();
        inverseOffer.getIdBuilder().setValue("i-1");
        inverseOffer.getFrameworkIdBuilder().setValue("framework-1");
        inverseOffer.getUnavailabilityBuilder().getStartBuilder().setNanoseconds(1);
        master.send(inverse.build());
        var message = Event.newBuilder().setType(Event.Type.MESSAGE);
        message.getMessageBuilder()
                .setAgentId(AgentID.newBuilder().setValue("agent-1"))
                .setExecutorId(ExecutorID.newBuilder().setValue("e-1"))
                .setData(ByteString.copyFromUtf8("hi"));
        master.send(message.build());
        var failure = Event.newBuilder().setType(Event.Type.FAILURE);
        failure.getFailureBuilder().getAgentIdBuilder().setValue("agent-1");
        master.send(failure.build());
        failure.getFailureBuilder().setStatus(9).getExecutorIdBuilder().setValue("e-1");
        master.send(failure.build());

        assertThat(scheduler.lines)
                .containsExactly(
                        "subscribed framework-1",
                        "offer offer-1",
                        "rescinded offer-1",
                        "inverse offers 1",
                        "message hi",
                        "agent lost agent-1",
                        "executor lost e-1 9");
    }

    private ScriptedMaster started(SchedulerConfig config) {
        var master = new ScriptedMaster(scheduler, config);
        master.start();
        return master;
    }
}
