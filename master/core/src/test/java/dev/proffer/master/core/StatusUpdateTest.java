package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Status updates and their acknowledgements. */
class StatusUpdateTest {
    private final MasterScenario master = new MasterScenario();
    private final TestAgent agent = master.registered("cpus:2");
    private final TestScheduler scheduler = master.subscribed();

    @BeforeEach
    void launch() {
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:2"));
        scheduler.forget();
        agent.forget();
    }

    private List<TaskSnapshot> liveTasks() {
        return master.snapshot().agents().getFirst().tasks();
    }

    @Test
    void anUpdateReachesTheFrameworkWithItsUuidAgentAndTime() {
        var sent = agent.report("t1", TaskState.TASK_RUNNING);

        var status = scheduler.lastUpdate();
        assertThat(status.getUuid()).isEqualTo(sent.getUuid());
        assertThat(status.getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(status.getAgentId().getValue()).isEqualTo(agent.id().value());
        assertThat(status.getTimestamp()).isEqualTo((double) master.now().wall().getEpochSecond());
        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void theAgentsOwnTimeStampIsKept() {
        agent.send(
                "t1",
                agent.status("t1", TaskState.TASK_RUNNING).toBuilder()
                        .setTimestamp(42.5)
                        .build(),
                TaskState.TASK_RUNNING);

        assertThat(scheduler.lastUpdate().getTimestamp()).isEqualTo(42.5);
    }

    @Test
    void anAcknowledgementReachesTheAgent() {
        agent.report("t1", TaskState.TASK_RUNNING);

        scheduler.acknowledge(scheduler.lastUpdate());

        var acknowledged = agent.frames(BodyCase.ACKNOWLEDGE_STATUS).getFirst().getAcknowledgeStatus();
        assertThat(acknowledged.getUuid()).isEqualTo(scheduler.lastUpdate().getUuid());
        assertThat(acknowledged.getTaskId().getValue()).isEqualTo("t1");
        assertThat(acknowledged.getFrameworkId()).isEqualTo(scheduler.wireId());
        assertThat(liveTasks()).hasSize(1);
    }

    @Test
    void resourcesAreFreeWhenTheEndIsKnownNotWhenItIsAcknowledged() {
        agent.report("t1", TaskState.TASK_FINISHED);

        assertThat(scheduler.offers()).hasSize(1);
        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void resourcesAreFreeWhenTheLatestStateIsTerminalThoughTheUpdateIsNot() {
        agent.report("t1", TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(liveTasks().getFirst().reportedState()).contains(TaskState.TASK_RUNNING);
        assertThat(scheduler.offers()).hasSize(1);
        scheduler.acknowledge(scheduler.lastUpdate());
        assertThat(liveTasks()).hasSize(1);
    }

    @Test
    void aTaskIsHistoryOnceItsEndIsAcknowledged() {
        agent.report("t1", TaskState.TASK_FAILED);
        scheduler.acknowledge(scheduler.lastUpdate());

        assertThat(liveTasks()).isEmpty();
        var completed = master.snapshot().frameworks().getFirst().completedTasks();
        assertThat(completed).extracting(TaskSnapshot::state).containsExactly(TaskState.TASK_FAILED);
        assertThat(master.snapshot().counters().tasksByLastState()).containsEntry(TaskState.TASK_FAILED, 1L);
    }

    @Test
    void theAcknowledgementOfAnotherUpdateDoesNotEndTheTask() {
        agent.report("t1", TaskState.TASK_FINISHED);

        scheduler.acknowledge(scheduler.lastUpdate(), ByteString.copyFromUtf8("0123456789abcdef"));

        assertThat(liveTasks()).hasSize(1);
        assertThat(agent.frames(BodyCase.ACKNOWLEDGE_STATUS)).hasSize(1);
    }

    @Test
    void whatHasEndedDoesNotRunWhateverTheAgentSays() {
        agent.report("t1", TaskState.TASK_FINISHED, TaskState.TASK_RUNNING);

        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void aTerminalStateIsNeverLeft() {
        agent.report("t1", TaskState.TASK_FINISHED);
        agent.report("t1", TaskState.TASK_RUNNING);

        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(scheduler.updates()).hasSize(2);
    }

    @Test
    void aRepeatedUpdateIsForwardedAgainAndFreesNothingTwice() {
        var status = agent.report("t1", TaskState.TASK_FINISHED);
        agent.send("t1", status, TaskState.TASK_FINISHED);

        assertThat(scheduler.updates()).hasSize(2);
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void anUpdateForATaskThatIsNotKnownIsForwarded() {
        var status = agent.report("t1", TaskState.TASK_FINISHED);
        scheduler.acknowledge(scheduler.lastUpdate());
        agent.send("t1", status, TaskState.TASK_FINISHED);

        assertThat(scheduler.updates()).hasSize(2);
        scheduler.acknowledge(scheduler.lastUpdate());
        assertThat(agent.frames(BodyCase.ACKNOWLEDGE_STATUS)).hasSize(2);
    }

    @Test
    void whileTheFrameworkIsAwayItsTasksEndAllTheSame() {
        scheduler.disconnect();

        agent.report("t1", TaskState.TASK_FINISHED);

        assertThat(liveTasks().getFirst().state()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(liveTasks().getFirst().reportedState()).isEmpty();
        scheduler.subscribe();
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void anAcknowledgementOfWhatDidNotPassThroughThisMasterIsDropped() {
        scheduler.disconnect();
        var status = agent.report("t1", TaskState.TASK_FINISHED);
        scheduler.subscribe();

        scheduler.acknowledge(
                status.toBuilder().setAgentId(agent.info().getId()).build());

        assertThat(agent.frames(BodyCase.ACKNOWLEDGE_STATUS)).isEmpty();
        assertThat(liveTasks()).hasSize(1);
        assertThat(master.snapshot().counters().count(Counter.ACKNOWLEDGEMENTS_INVALID))
                .isEqualTo(1);
    }

    @Test
    void anAcknowledgementForADisconnectedAgentIsDropped() {
        agent.report("t1", TaskState.TASK_FINISHED);
        agent.disconnect();

        scheduler.acknowledge(scheduler.lastUpdate());

        assertThat(liveTasks()).hasSize(1);
        assertThat(agent.frames(BodyCase.ACKNOWLEDGE_STATUS)).isEmpty();
    }

    @Test
    void anUpdateForAnUnknownFrameworkIsDropped() {
        scheduler.tearDown();

        agent.report("t1", TaskState.TASK_KILLED);

        assertThat(scheduler.updates()).isEmpty();
        assertThat(master.snapshot().counters().count(Counter.UPDATES_INVALID)).isEqualTo(1);
    }

    @Test
    void anUpdateWithoutATaskIdIsDropped() {
        agent.send(
                "t1",
                agent.status("t1", TaskState.TASK_RUNNING).toBuilder()
                        .setTaskId(agent.status("t1", TaskState.TASK_RUNNING).getTaskId().toBuilder()
                                .setValue(""))
                        .build(),
                TaskState.TASK_RUNNING);

        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void theHistoryHasOneStatusForAStateInARowAndNoData() {
        agent.send("t1", withData(agent.status("t1", TaskState.TASK_RUNNING)), TaskState.TASK_RUNNING);
        agent.send("t1", withData(agent.status("t1", TaskState.TASK_RUNNING)), TaskState.TASK_RUNNING);
        agent.report("t1", TaskState.TASK_KILLING);

        assertThat(scheduler.updates().getFirst().getData().toStringUtf8()).isEqualTo("data");
        assertThat(liveTasks().getFirst().statuses())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_RUNNING, TaskState.TASK_KILLING);
        assertThat(liveTasks().getFirst().statuses()).noneMatch(TaskStatus::hasData);
    }

    @Test
    void theHistoryIsBounded() {
        for (int i = 0; i < 100; i++) {
            agent.report("t1", i % 2 == 0 ? TaskState.TASK_RUNNING : TaskState.TASK_STARTING);
        }

        assertThat(liveTasks().getFirst().statuses()).hasSize(32);
    }

    private static TaskStatus withData(TaskStatus status) {
        return status.toBuilder().setData(ByteString.copyFromUtf8("data")).build();
    }
}
