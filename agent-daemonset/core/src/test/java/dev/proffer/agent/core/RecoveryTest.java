package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Found.Running RUNS = new Found.Running(1);
    private static final Found.Nothing NOTHING = new Found.Nothing();

    private final AgentScenario before = new AgentScenario().register();

    private AgentScenario launched(FrameworkInfo.Capability.Type... capabilities) {
        return before.receive(Samples.launch(Samples.framework(Samples.FRAMEWORK, capabilities), Samples.task("t1")));
    }

    private AgentScenario running(FrameworkInfo.Capability.Type... capabilities) {
        launched(capabilities).apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        return before;
    }

    /** Registers and acknowledges whatever waits. */
    private static List<TaskState> drain(AgentScenario agent) {
        agent.register();
        while (!agent.snapshot().tasks().isEmpty()
                && agent.snapshot().tasks().getFirst().unacknowledgedUpdates() > 0) {
            agent.receive(Samples.acknowledge(agent.lastStatus()));
        }
        return agent.statuses().stream().map(TaskStatus::getState).toList();
    }

    /** As in Mesos' {@code SlaveRecoveryTest.ReconnectExecutor}: the task goes on and nothing is said twice. */
    @Test
    void adoptsARunningTaskAndDoesNotRepeatRunning() {
        running();
        before.receive(Samples.acknowledge(before.lastStatus()));
        before.receive(Samples.acknowledge(before.lastStatus()));

        var after = before.restarted(RUNS).register();

        assertThat(after.updates()).isEmpty();
        assertThat(after.inventories().getFirst().getTasks(0).getState()).isEqualTo(TaskState.TASK_RUNNING);
        after.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        assertThat(after.statuses()).extracting(TaskStatus::getState).containsExactly(TaskState.TASK_FINISHED);
    }

    /** As in Mesos' {@code SlaveRecoveryTest.RecoverStatusUpdateManager}. */
    @Test
    void repeatsWhatWasNotAcknowledgedWithItsUuid() {
        running();
        var head = before.lastStatus();

        var after = before.restarted(RUNS).register();

        assertThat(after.statuses()).containsExactly(head);
        assertThat(drain(before.restarted(RUNS))).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void saysRunningOfATaskThatStartedJustAsTheAgentEnded() {
        launched();

        assertThat(drain(before.restarted(RUNS))).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void reportsATaskThatExitedMeanwhile() {
        running();

        assertThat(drain(before.restarted(new Found.Ended(new ExitStatus.Code(0)))))
                .endsWith(TaskState.TASK_FINISHED);
        assertThat(drain(before.restarted(new Found.Ended(new ExitStatus.Code(1)))))
                .endsWith(TaskState.TASK_FAILED);
    }

    @Test
    void failsATaskOfWhichNothingIsLeft() {
        running();
        var after = before.restarted(NOTHING);

        assertThat(drain(after)).endsWith(TaskState.TASK_FAILED);
        assertThat(after.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED);
    }

    @Test
    void failsTheTasksOfBeforeAReboot() {
        running();
        var after = before.rebooted();

        assertThat(drain(after)).endsWith(TaskState.TASK_FAILED);
        assertThat(after.lastStatus().getMessage()).isEqualTo("The machine was restarted");
    }

    @Test
    void dropsATaskThatWasNeverStarted() {
        launched(FrameworkInfo.Capability.Type.PARTITION_AWARE);
        var after = before.restarted(NOTHING);

        assertThat(drain(after)).endsWith(TaskState.TASK_DROPPED);
        assertThat(after.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_RESTARTED);
        assertThat(after.effects(AgentEffect.Start.class)).isEmpty();
    }

    @Test
    void losesATaskThatWasNeverStartedForFrameworksOfOld() {
        launched();

        assertThat(drain(before.restarted(NOTHING))).endsWith(TaskState.TASK_LOST);
    }

    @Test
    void goesOnKillingWithTheGracePeriodOfTheCall() {
        running(FrameworkInfo.Capability.Type.TASK_KILLING_STATE).receive(Samples.kill("t1", Duration.ofSeconds(9)));
        for (var after : List.of(before.restarted(RUNS), before.restartedFromCompaction(RUNS))) {
            assertThat(after.effects(AgentEffect.Kill.class))
                    .extracting(AgentEffect.Kill::force)
                    .containsExactly(false);
            after.advance(Duration.ofMillis(8_999));
            assertThat(after.effects(AgentEffect.Kill.class)).hasSize(1);
            after.advance(Duration.ofMillis(1));
            assertThat(after.effects(AgentEffect.Kill.class))
                    .extracting(AgentEffect.Kill::force)
                    .containsExactly(false, true);

            after.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Signalled(9)));
            assertThat(drain(after))
                    .endsWith(TaskState.TASK_KILLING, TaskState.TASK_KILLED)
                    .hasSize(4);
        }
    }

    @Test
    void aSecondLongerKillDoesNotCountAfterARestartEither() {
        running()
                .receive(Samples.kill("t1", Duration.ofSeconds(2)))
                .receive(Samples.kill("t1", Duration.ofSeconds(60)));

        var after = before.restarted(RUNS).advance(Duration.ofSeconds(2));

        assertThat(after.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
    }

    @Test
    void whatWasKilledStaysKilledHoweverItIsFound() {
        running().receive(Samples.kill("t1"));

        assertThat(drain(before.restarted(NOTHING))).endsWith(TaskState.TASK_KILLED);
        assertThat(drain(before.rebooted())).endsWith(TaskState.TASK_KILLED);
        assertThat(drain(before.restarted(new Found.Ended(new ExitStatus.Code(0)))))
                .endsWith(TaskState.TASK_KILLED);
    }

    @Test
    void whatWasKilledBeforeItStartedIsKilledDuringLaunch() {
        launched().receive(Samples.kill("t1"));
        var after = before.restarted(NOTHING);

        assertThat(drain(after)).endsWith(TaskState.TASK_KILLED);
        assertThat(after.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void goesOnEndingTheTasksOfAFrameworkThatWasShutDown() {
        running().receive(Samples.shutDown(Samples.FRAMEWORK));

        var after = before.restarted(RUNS);

        assertThat(after.effects(AgentEffect.Kill.class)).hasSize(1);
        after.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Signalled(15)));
        assertThat(after.snapshot().tasks()).isEmpty();
    }

    @Test
    void forgetsAllThatIsLeftOfAFrameworkThatWasShutDown() {
        running().receive(Samples.launch("t2"));
        before.receive(Samples.shutDown(Samples.FRAMEWORK));

        var after = before.restarted(NOTHING);

        assertThat(after.snapshot().tasks()).isEmpty();
        assertThat(after.effects(AgentEffect.Forget.class)).hasSize(2);
        assertThat(after.core().journal()).noneMatch(entry -> entry.hasFramework() || entry.hasFrameworkShutDown());
    }

    @Test
    void goesOnEndingTasksThatItEndedWithItself() {
        running().apply(new AgentInput.EndAllTasks());

        assertThat(before.restarted(RUNS).effects(AgentEffect.Kill.class)).hasSize(1);
        assertThat(drain(before.restarted(new Found.Ended(new ExitStatus.Signalled(15)))))
                .endsWith(TaskState.TASK_KILLED);
    }

    @Test
    void doesNotLookForTasksThatHaveEnded() {
        running().apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));

        var after = before.restarted((key, container) -> {
            throw new AssertionError("looked for " + key + " in " + container);
        });

        assertThat(drain(after)).endsWith(TaskState.TASK_FINISHED);
    }

    @Test
    void clearsAwayContainersOfTasksThatAreDoneWith() {
        running().apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        for (int update = 0; update < 3; update++) {
            before.receive(Samples.acknowledge(before.lastStatus()));
        }

        assertThat(before.restarted(NOTHING).effects(AgentEffect.Forget.class))
                .isEqualTo(before.effects(AgentEffect.Forget.class))
                .hasSize(1);
    }

    @Test
    void theTimeThatATaskMayTakeGoesOnWhileThereIsNoAgent() {
        before.receive(Samples.launch(
                Samples.framework(Samples.FRAMEWORK),
                Samples.task("t1")
                        .setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(60_000_000_000L))));
        before.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));

        var after = before.restartedAfter(Duration.ofSeconds(50), RUNS).advance(Duration.ofSeconds(9));
        assertThat(after.effects(AgentEffect.Kill.class)).isEmpty();

        after.advance(Duration.ofSeconds(1));
        assertThat(after.effects(AgentEffect.Kill.class)).hasSize(2);
        after.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Signalled(9)));
        drain(after);
        assertThat(after.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
    }
}
