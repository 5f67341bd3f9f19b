package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private final MasterScenario master = new MasterScenario();

    private static void partitionAware(FrameworkInfo.Builder info) {
        info.addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE));
    }

    private static void launch(TestScheduler scheduler, String id, String resources) {
        scheduler.launch(scheduler.lastOffer(), task(id, scheduler.lastOffer(), resources));
        scheduler.forget();
    }

    /** As in Mesos' ReconciliationTest.ImplicitNonTerminalTask. */
    @Test
    void implicitReconciliationTellsOfEveryTask() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.send(
                "t1",
                agent.status("t1", TaskState.TASK_RUNNING).toBuilder()
                        .setHealthy(true)
                        .build(),
                TaskState.TASK_RUNNING);
        scheduler.forget();

        scheduler.reconcile();

        var status = scheduler.lastUpdate();
        assertThat(scheduler.updates()).hasSize(1);
        assertThat(status.getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_RECONCILIATION);
        assertThat(status.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(status.hasUuid()).isFalse();
        assertThat(status.getHealthy()).isTrue();
        assertThat(status.getAgentId().getValue()).isEqualTo(agent.id().value());
    }

    @Test
    void implicitReconciliationIncludesWhatEndedButIsNotAcknowledged() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.report("t1", TaskState.TASK_FINISHED);
        scheduler.reconcile();
        assertThat(scheduler.updates()).hasSize(2);

        scheduler.acknowledge(scheduler.updates().getFirst());
        scheduler.reconcile();

        assertThat(scheduler.updates()).hasSize(2);
    }

    @Test
    void theStateIsTheOneThatTheFrameworkWasToldLast() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.report("t1", TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);

        scheduler.reconcile("t1", Optional.empty());

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(Reason.REASON_RECONCILIATION);
    }

    /** As in Mesos' ReconciliationTest.UnknownTask. */
    @Test
    void aTaskThatItsAgentDoesNotKnowIsGone() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(ReconciliationTest::partitionAware);

        scheduler.reconcile("t9", Optional.of(agent.id().value()));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE);
        assertThat(scheduler.lastUpdate().getAgentId().getValue())
                .isEqualTo(agent.id().value());
    }

    @Test
    void aTaskOnAnUnreachableAgentIsUnreachableSince() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(ReconciliationTest::partitionAware);
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(80));
        var lost = master.snapshot().unreachableAgents().getFirst();
        scheduler.forget();

        scheduler.reconcile("t1", Optional.of(agent.id().value()));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(scheduler.lastUpdate().getUnreachableTime().getNanoseconds())
                .isEqualTo(ChronoUnit.NANOS.between(Instant.EPOCH, lost.since()));
    }

    @Test
    void anUnreachableTaskAskedForWithoutItsAgentIsUnknown() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(ReconciliationTest::partitionAware);
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(80));

        scheduler.reconcile("t1", Optional.empty());

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNKNOWN);
        scheduler.forget();
        scheduler.reconcile();
        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void aTaskOnAnAgentNobodyKnowsIsUnknown() {
        var scheduler = master.subscribed(ReconciliationTest::partitionAware);

        scheduler.reconcile("t9", Optional.of("m0-S3"));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNKNOWN);
    }

    @Test
    void withoutPartitionAwarenessWhateverIsNotThereIsLost() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();

        scheduler.reconcile("t9", Optional.of(agent.id().value()));
        scheduler.reconcile("t9", Optional.of("m0-S3"));
        scheduler.reconcile("t9", Optional.empty());

        assertThat(scheduler.updates()).hasSize(3).allMatch(status -> status.getState() == TaskState.TASK_LOST);
    }

    /** As in Mesos' ReconciliationTest.RecoveredAgent: an answer would be a guess. */
    @Test
    void earlyInATermThatIsNotTheFirstTasksOnAgentsThatMayReturnGetNoAnswer() {
        var second = new MasterScenario(2, MasterConfig.DEFAULTS);
        var scheduler = second.subscribed();
        var agent = second.registered("cpus:1");

        scheduler.reconcile("t9", Optional.of("m0-S3"));
        scheduler.reconcile("t9", Optional.empty());
        assertThat(scheduler.updates()).isEmpty();

        scheduler.reconcile("t9", Optional.of(agent.id().value()));
        assertThat(scheduler.updates()).hasSize(1);
        second.advance(Duration.ofSeconds(75));
        scheduler.reconcile("t9", Optional.of("m0-S3"));
        assertThat(scheduler.updates()).hasSize(2);
    }
}
