package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Agents that fall silent, return, or leave for good. */
class AgentLossTest {
    private final MasterScenario master = new MasterScenario();

    private static void partitionAware(FrameworkInfo.Builder info) {
        info.addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE));
    }

    private static void launch(TestScheduler scheduler, String id, String resources) {
        scheduler.launch(scheduler.lastOffer(), task(id, scheduler.lastOffer(), resources));
        scheduler.forget();
    }

    @Test
    void agentsArePingedEvery5Seconds() {
        var agent = master.registered("cpus:1");

        master.advance(Duration.ofMinutes(1));

        assertThat(agent.frames(BodyCase.PING)).hasSize(12);
        assertThat(agent.frames(BodyCase.PING).getLast().getPing().getSequence())
                .isEqualTo(12);
        assertThat(master.snapshot().connectedAgents()).isEqualTo(1);
    }

    /** As in Mesos' PartitionTest.PartitionedSlave. */
    @Test
    void anAgentThatIsSilentFor75SecondsIsUnreachable() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(AgentLossTest::partitionAware);
        var bystander = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);

        master.advance(Duration.ofSeconds(74));
        assertThat(scheduler.updates()).isEmpty();
        master.advance(Duration.ofSeconds(1));

        var status = scheduler.lastUpdate();
        assertThat(status.getState()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_AGENT_REMOVED);
        assertThat(status.hasUnreachableTime()).isTrue();
        assertThat(status.hasUuid()).isFalse();
        assertThat(scheduler.events(Event.Type.FAILURE).getFirst().getFailure().getAgentId())
                .isEqualTo(agent.info().getId());
        assertThat(bystander.events(Event.Type.FAILURE)).hasSize(1);
        assertThat(agent.hangUps()).hasSize(1);
        assertThat(master.snapshot().agents()).isEmpty();
        assertThat(master.snapshot().unreachableAgents()).hasSize(1);
        assertThat(master.snapshot().frameworks().getFirst().unreachableTasks()).hasSize(1);
        assertThat(master.snapshot().counters().count(Counter.AGENTS_UNREACHABLE))
                .isEqualTo(1);
    }

    @Test
    void withoutPartitionAwarenessTheTasksAreLost() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);

        master.advance(Duration.ofSeconds(75));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void offersOfAnUnreachableAgentAreRescinded() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        agent.answerPings(false);

        master.advance(Duration.ofSeconds(75));

        assertThat(scheduler.rescinded()).hasSize(1);
    }

    @Test
    void aDisconnectedAgentBecomesUnreachableAsWell() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();

        master.advance(Duration.ofSeconds(74));
        assertThat(scheduler.updates()).isEmpty();
        master.advance(Duration.ofSeconds(1));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
        assertThat(agent.hangUps()).isEmpty();
    }

    @Test
    void anySignOfLifeCounts() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(70));
        agent.report("t1", TaskState.TASK_RUNNING);

        master.advance(Duration.ofSeconds(70));
        assertThat(master.snapshot().agents()).hasSize(1);
        master.advance(Duration.ofSeconds(5));
        assertThat(master.snapshot().agents()).isEmpty();
    }

    @Test
    void theSignsOfAnOldLinkDoNotCount() {
        var agent = master.registered("cpus:2");
        var old = agent.link();
        agent.answerPings(false);
        agent.register();
        for (int i = 0; i < 15; i++) {
            master.advance(Duration.ofSeconds(5));
            master.apply(new MasterInput.AgentPong(old, i));
        }

        assertThat(master.snapshot().agents()).isEmpty();
    }

    @Test
    void aMasterThatWasHeldUpDoesNotTakeItsAgentsForLost() {
        master.registered("cpus:2");
        master.registered("cpus:2");

        master.stall(Duration.ofMinutes(10));
        master.advance(Duration.ofMinutes(2));

        assertThat(master.snapshot().connectedAgents()).isEqualTo(2);
    }

    /** As in Mesos' PartitionTest.ReregisterSlavePartitionAware. */
    @Test
    void anUnreachableAgentReturnsWithItsIdAndItsTasks() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(AgentLossTest::partitionAware);
        launch(scheduler, "t1", "cpus:1");
        agent.report("t1", TaskState.TASK_RUNNING);
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(75));
        agent.answerPings(true);

        agent.register();

        assertThat(agent.id().value()).isEqualTo("m1-S0");
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(Reason.REASON_AGENT_REREGISTERED);
        assertThat(master.snapshot().unreachableAgents()).isEmpty();
        assertThat(master.snapshot().frameworks().getFirst().unreachableTasks()).isEmpty();
        assertThat(master.snapshot().agents().getFirst().tasks()).hasSize(1);
        assertThat(agent.frames(BodyCase.KILL_TASK)).isEmpty();
    }

    @Test
    void theIdOfAnUnreachableTaskCannotBeUsedAgain() {
        var lost = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:2");
        lost.answerPings(false);
        master.advance(Duration.ofSeconds(75));
        master.registered("cpus:2");
        master.advance(Duration.ofSeconds(2));

        launchKeepingEvents(scheduler, "t1");

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(scheduler.lastUpdate().getMessage()).contains("unreachable");
    }

    private static void launchKeepingEvents(TestScheduler scheduler, String id) {
        scheduler.launch(scheduler.lastOffer(), task(id, scheduler.lastOffer(), "cpus:1"));
    }

    @Test
    void aTaskThatComesBackBesideItsSuccessorIsCountedAsWell() {
        var config = new MasterConfig(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(75),
                Duration.ofMinutes(2),
                50,
                1000,
                0,
                100,
                1000,
                MasterConfig.DEFAULTS.registry(),
                MasterConfig.DEFAULTS.policy());
        var forgetful = new MasterScenario(1, config);
        var lost = forgetful.registered("cpus:2");
        var scheduler = forgetful.subscribed();
        launch(scheduler, "t1", "cpus:2");
        lost.answerPings(false);
        forgetful.advance(Duration.ofSeconds(75));
        forgetful.registered("cpus:2");
        forgetful.advance(Duration.ofSeconds(2));
        launch(scheduler, "t1", "cpus:2");
        lost.answerPings(true);

        lost.register();

        assertThat(forgetful.snapshot().tasksByFramework().get(scheduler.id())).hasSize(2);
        scheduler.tearDown();
        assertThat(forgetful.snapshot().tasksByFramework()).isEmpty();
        assertThat(lost.frames(BodyCase.SHUT_DOWN_FRAMEWORK)).hasSize(1);
    }

    @Test
    void aTaskThatHadEndedKeepsItsEndWhenItsAgentIsLost() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(AgentLossTest::partitionAware);
        launch(scheduler, "t1", "cpus:1");
        agent.report("t1", TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        agent.answerPings(false);

        master.advance(Duration.ofSeconds(80));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(master.snapshot().frameworks().getFirst().unreachableTasks()).isEmpty();
        assertThat(master.snapshot().frameworks().getFirst().completedTasks()).hasSize(1);
    }

    @Test
    void tasksOfAnAgentThatUnregistersAreGone() {
        var agent = master.registered("cpus:2");
        var aware = master.subscribed(AgentLossTest::partitionAware);
        launch(aware, "t1", "cpus:1");

        agent.unregister();

        assertThat(aware.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE);
        assertThat(aware.lastUpdate().getReason()).isEqualTo(Reason.REASON_AGENT_REMOVED);
        assertThat(aware.events(Event.Type.FAILURE)).hasSize(1);
        assertThat(agent.hangUps()).hasSize(1);
        assertThat(master.snapshot().agents()).isEmpty();
        assertThat(master.snapshot().unreachableAgents()).isEmpty();
        assertThat(master.snapshot().frameworks().getFirst().completedTasks()).hasSize(1);
    }

    @Test
    void tasksOfAnAgentThatUnregistersAreLostToOldFrameworks() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");

        agent.unregister();

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void framesOfALinkThatIsNotRegisteredAreDropped() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", "cpus:1");
        agent.disconnect();

        agent.report("t1", TaskState.TASK_FINISHED);
        agent.unregister();

        assertThat(scheduler.updates()).isEmpty();
        assertThat(master.snapshot().agents()).hasSize(1);
    }

    @Test
    void tearingDownAFrameworkEndsItsUnreachableTasks() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed(AgentLossTest::partitionAware);
        launch(scheduler, "t1", "cpus:1");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(75));

        scheduler.tearDown();

        var removed = master.snapshot().completedFrameworks().getFirst();
        assertThat(removed.unreachableTasks()).isEmpty();
        assertThat(removed.completedTasks().getFirst().state()).isEqualTo(TaskState.TASK_KILLED);
    }
}
