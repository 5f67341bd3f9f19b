package dev.proffer.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.CallFailure;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Patience;
import dev.proffer.sdk.RecordingScheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.SchedulerConfig.UnansweredOffers;
import dev.proffer.sdk.TaskOnAgent;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.testing.ScriptedMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens when the connection breaks, and to the calls that do not get through. */
class ConnectionLossTest {
    private static final SchedulerConfig CONFIG = SchedulerConfig.of("test", "http://unused:5050")
            .withRoles("eng", "ops")
            .withUnansweredOffers(UnansweredOffers.KEEP);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final TaskID T1 = TaskID.newBuilder().setValue("t1").build();
    private static final AgentID A1 = AgentID.newBuilder().setValue("agent-1").build();

    private final RecordingScheduler scheduler = new RecordingScheduler();

    @Test
    void heartbeatsKeepTheConnection() {
        var master = started();

        master.passTime(Duration.ofHours(1));

        assertThat(scheduler.lines).containsExactly("subscribed framework-1");
    }

    @Test
    void fiveMissedHeartbeatsBreakTheConnection() {
        var master = started();

        master.fallSilent(Duration.ofSeconds(74));
        assertThat(scheduler.lines).hasSize(1);
        master.fallSilent(Duration.ofSeconds(1));

        assertThat(scheduler.lines)
                .last()
                .asString()
                .startsWith("disconnected: nothing came from the master for 75000");
    }

    @Test
    void subscribesAgainWithTheSameId() {
        var master = started();

        master.breakStream("reset");
        master.passTime(LONG_ENOUGH);

        assertThat(scheduler.lines)
                .containsExactly("subscribed framework-1", "disconnected: reset", "subscribed framework-1 again");
        assertThat(master.calls(Call.Type.SUBSCRIBE)).last().satisfies(call -> {
            assertThat(call.getFrameworkId().getValue()).isEqualTo("framework-1");
            assertThat(call.getSubscribe().getFrameworkInfo().getId()).isEqualTo(call.getFrameworkId());
        });
    }

    @Test
    void waitsLongerWithEachFailureButNotForEver() {
        var patience = Patience.DEFAULT.withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(8));
        var master = new ScriptedMaster(scheduler, CONFIG.withPatience(patience));
        master.beUnreachable("refused");
        master.start();

        // Steps of 1, 2, 4 and 8 s, of which each wait is at least half.
        master.passTime(Duration.ofMillis(7_499));
        assertThat(master.calls(Call.Type.SUBSCRIBE)).hasSizeBetween(2, 4);
        master.passTime(Duration.ofMillis(7_501));
        assertThat(master.calls(Call.Type.SUBSCRIBE)).hasSizeBetween(5, 6);

        int before = master.calls(Call.Type.SUBSCRIBE).size();
        master.passTime(Duration.ofSeconds(80));
        assertThat(master.calls(Call.Type.SUBSCRIBE)).hasSizeBetween(before + 9, before + 21);
    }

    @Test
    void asksForItsTasksAfterSubscribingAgainUntilItHears() {
        scheduler.launching("t1");
        var master = started();
        master.offer("agent-1", "cpus:1");
        master.update("t1", TaskState.TASK_RUNNING);

        master.breakStream("reset");
        master.passTime(Duration.ofSeconds(1));
        assertThat(asked(master)).containsExactly(new TaskOnAgent(T1, Optional.of(A1)));
        master.passTime(Duration.ofSeconds(31));
        assertThat(master.calls(Call.Type.RECONCILE))
                .as("at once, after 10 s and after 20 s")
                .hasSize(3);

        master.update("t1", TaskState.TASK_RUNNING);
        master.passTime(Duration.ofHours(1));
        assertThat(master.calls(Call.Type.RECONCILE)).hasSize(3);
    }

    @Test
    void doesNotAskForTasksThatEnded() {
        scheduler.launching("t1");
        var master = started();
        master.offer("agent-1", "cpus:1");
        master.update("t1", TaskState.TASK_FINISHED);

        master.breakStream("reset");
        master.passTime(LONG_ENOUGH);

        assertThat(master.calls(Call.Type.RECONCILE)).isEmpty();
    }

    @Test
    void asksForTasksThatTheSchedulerNamesUntilItHears() {
        var master = started();

        master.master().reconcile(List.of(new TaskOnAgent(T1, Optional.of(A1))));
        master.passTime(Duration.ofSeconds(11));

        assertThat(master.calls(Call.Type.RECONCILE)).hasSize(2);
        assertThat(asked(master)).containsExactly(new TaskOnAgent(T1, Optional.of(A1)));
    }

    @Test
    void offersAreVoidOnceTheConnectionBreaks() {
        var master = started();
        var offer = master.offer("agent-1", "cpus:1");
        master.breakStream("reset");
        master.passTime(LONG_ENOUGH);

        master.master().accept(launch(offer));
        master.passTime(Duration.ZERO);

        assertThat(master.calls(Call.Type.ACCEPT)).isEmpty();
        assertThat(scheduler.updates).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(TaskState.TASK_DROPPED);
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_INVALID_OFFERS);
        });
    }

    @Test
    void aRescindedOfferIsNotAccepted() {
        var master = started();
        var offer = master.offer("agent-1", "cpus:1");
        master.rescind(offer.getId());

        master.master().accept(launch(offer));
        master.passTime(Duration.ZERO);

        assertThat(master.calls(Call.Type.ACCEPT)).isEmpty();
        assertThat(scheduler.lines).last().isEqualTo("update t1 TASK_DROPPED");
    }

    @Test
    void tasksLaunchedWithoutAConnectionAreDropped() {
        var master = started();
        var offer = master.offer("agent-1", "cpus:1");
        master.beUnreachable("refused");
        master.breakStream("reset");

        master.master().accept(launch(offer));
        master.passTime(Duration.ofMillis(1));

        assertThat(scheduler.updates).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(TaskState.TASK_DROPPED);
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_MASTER_DISCONNECTED);
            assertThat(status.hasUuid()).isFalse();
        });
    }

    @Test
    void aFrameworkThatDoesNotKnowDroppedIsToldLost() {
        var master = new ScriptedMaster(
                scheduler,
                CONFIG.withFramework(info -> info.clearCapabilities()
                        .addCapabilities(Capability.newBuilder().setType(Capability.Type.MULTI_ROLE))));
        master.start();
        var offer = master.offer("agent-1", "cpus:1");
        master.rescind(offer.getId());

        master.master().accept(launch(offer));
        master.passTime(Duration.ZERO);

        assertThat(scheduler.lines).last().isEqualTo("update t1 TASK_LOST");
    }

    @Test
    void aRefusedAcceptDropsItsTasksAndIsReported() {
        var master = started();
        var offer = master.offer("agent-1", "cpus:1");
        master.answerCalls(_ -> new Reply.Refused("400: no"));

        master.master().accept(launch(offer));
        master.passTime(Duration.ZERO);

        assertThat(scheduler.lines).endsWith("update t1 TASK_DROPPED", "failed ACCEPT REFUSED");
    }

    @Test
    void anUnansweredAcceptIsResolvedByReconciliation() {
        var master = started();
        var offer = master.offer("agent-1", "cpus:1");
        master.answerCalls(
                call -> call.getType() == Call.Type.ACCEPT ? new Reply.Unanswered("timed out") : new Reply.Taken());

        master.master().accept(launch(offer));
        master.passTime(Duration.ofSeconds(1));

        assertThat(scheduler.updates).isEmpty();
        assertThat(scheduler.lines).endsWith("disconnected: timed out", "subscribed framework-1 again");
        assertThat(asked(master)).containsExactly(new TaskOnAgent(T1, Optional.of(A1)));
    }

    @Test
    void aCallOnAStreamThatTheMasterForgotMakesANewOne() {
        var master = started();
        master.answerCalls(
                call -> call.getType() == Call.Type.REVIVE ? new Reply.StreamUnknown("403") : new Reply.Taken());

        master.master().revive();
        master.passTime(Duration.ofSeconds(1));

        assertThat(scheduler.lines).endsWith("disconnected: 403", "subscribed framework-1 again");
    }

    @Test
    void killsAreSentAgainUntilTheTaskEnds() {
        scheduler.launching("t1");
        var master = started();
        master.offer("agent-1", "cpus:1");
        master.breakStream("reset");
        master.master().kill(T1);
        assertThat(master.calls(Call.Type.KILL)).isEmpty();

        master.passTime(LONG_ENOUGH);

        assertThat(master.calls(Call.Type.KILL)).singleElement().satisfies(call -> {
            assertThat(call.getKill().getTaskId()).isEqualTo(T1);
            assertThat(call.getKill().getAgentId()).isEqualTo(A1);
        });
    }

    @Test
    void suppressedRolesStaySuppressed() {
        var master = started();
        master.breakStream("reset");
        master.master().suppress("ops");
        master.passTime(LONG_ENOUGH);
        assertThat(lastSuppressed(master)).containsExactly("ops");

        master.master().suppress();
        master.breakStream("reset");
        master.master().revive("ops");
        master.passTime(LONG_ENOUGH);

        assertThat(lastSuppressed(master)).containsExactly("eng");
    }

    @Test
    void teardownIsSentOnceTheConnectionIsBack() {
        var master = started();
        master.breakStream("reset");

        master.master().teardown();
        assertThat(master.termination()).isEmpty();
        master.passTime(LONG_ENOUGH);

        assertThat(master.calls(Call.Type.TEARDOWN)).hasSize(1);
        assertThat(master.termination().orElseThrow().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
    }

    @Test
    void messagesThatCannotBeSentAreReported() {
        var master = started();
        master.breakStream("reset");

        master.master().message(A1, ExecutorID.newBuilder().setValue("e").build(), ByteString.EMPTY);
        master.passTime(Duration.ofMillis(1));

        assertThat(scheduler.failures)
                .singleElement()
                .extracting(CallFailure::kind)
                .isEqualTo(CallFailure.Kind.NOT_SENT);
    }

    @Test
    void acknowledgementsThatCannotBeSentAreNoFailureAsTheUpdateComesAgain() {
        scheduler.launching("t1");
        var master = started();
        master.offer("agent-1", "cpus:1");
        master.answerCalls(
                call -> call.getType() == Call.Type.ACKNOWLEDGE ? new Reply.Unanswered("reset") : new Reply.Taken());

        master.update("t1", TaskState.TASK_RUNNING);
        master.passTime(LONG_ENOUGH);

        assertThat(scheduler.failures).isEmpty();
        assertThat(scheduler.lines).last().isEqualTo("subscribed framework-1 again");
    }

    @Test
    void aSchedulerThatMakesCallsInVainWithoutEndIsStopped() {
        var master = started();
        scheduler.onOffer = (calls, _) -> {
            while (true) {
                calls.shutdown(A1, ExecutorID.newBuilder().setValue("e").build());
            }
        };
        master.answerCalls(_ -> new Reply.Refused("400"));

        master.offer("agent-1", "cpus:1");

        assertThat(master.termination()).hasValueSatisfying(termination -> {
            assertThat(termination.cause()).isEqualTo(Termination.Cause.SCHEDULER_FAILED);
            assertThat(termination.reason()).contains("return from the callback");
        });
    }

    private ScriptedMaster started() {
        var master = new ScriptedMaster(scheduler, CONFIG);
        master.start();
        return master;
    }

    private static OfferUse launch(dev.proffer.protocol.v1.Offer offer) {
        var use = OfferUse.of(offer);
        use.launch(TaskSpec.shell("t1", "true").cpus(1));
        return use;
    }

    private static List<TaskOnAgent> asked(ScriptedMaster master) {
        return master.calls(Call.Type.RECONCILE).getLast().getReconcile().getTasksList().stream()
                .map(task -> new TaskOnAgent(task.getTaskId(), Optional.of(task.getAgentId())))
                .toList();
    }

    private static List<String> lastSuppressed(ScriptedMaster master) {
        return List.copyOf(
                master.calls(Call.Type.SUBSCRIBE).getLast().getSubscribe().getSuppressedRolesList());
    }
}
