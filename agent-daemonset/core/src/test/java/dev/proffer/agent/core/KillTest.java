package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillTest {
    private final AgentScenario agent = new AgentScenario().register();

    private AgentScenario running(TaskInfo.Builder task, FrameworkInfo.Capability.Type... capabilities) {
        agent.receive(Samples.launch(Samples.framework(Samples.FRAMEWORK, capabilities), task));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        return agent.forgetEffects();
    }

    private List<Boolean> signals() {
        return agent.effects(AgentEffect.Kill.class).stream()
                .map(AgentEffect.Kill::force)
                .toList();
    }

    /** Acknowledges whatever waits, and returns the states in order. */
    private List<TaskState> drain() {
        agent.breakLink().forgetEffects().register();
        while (!agent.snapshot().tasks().isEmpty()
                && agent.snapshot().tasks().getFirst().unacknowledgedUpdates() > 0) {
            agent.receive(Samples.acknowledge(agent.lastStatus()));
        }
        return agent.statuses().stream().map(TaskStatus::getState).toList();
    }

    private void exit(ExitStatus status) {
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), status));
    }

    @Test
    void asksAndForcesAfterThreeSeconds() {
        running(Samples.task("t1")).receive(Samples.kill("t1"));
        assertThat(signals()).containsExactly(false);

        agent.advance(Duration.ofMillis(2_999));
        assertThat(signals()).containsExactly(false);

        agent.advance(Duration.ofMillis(1));
        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void forcesAgainUntilTheProcessIsGone() {
        running(Samples.task("t1")).receive(Samples.kill("t1", Duration.ZERO));
        agent.advance(Duration.ofSeconds(2));
        assertThat(signals()).containsExactly(false, true, true, true);

        exit(new ExitStatus.Signalled(9));
        agent.advance(Duration.ofSeconds(5));
        assertThat(signals()).hasSize(4);
    }

    @Test
    void takesTheGracePeriodOfTheTask() {
        running(Samples.task("t1").setKillPolicy(Samples.grace(Duration.ofSeconds(8))))
                .receive(Samples.kill("t1"));
        agent.advance(Duration.ofMillis(7_999));
        assertThat(signals()).containsExactly(false);
        agent.advance(Duration.ofMillis(1));
        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void takesTheGracePeriodOfTheCallBeforeThatOfTheTask() {
        running(Samples.task("t1").setKillPolicy(Samples.grace(Duration.ofSeconds(8))))
                .receive(Samples.kill("t1", Duration.ofSeconds(1)));
        agent.advance(Duration.ofSeconds(1));

        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void aSecondKillShortensTheGracePeriodAndAsksNoSecondTime() {
        running(Samples.task("t1")).receive(Samples.kill("t1", Duration.ofSeconds(60)));
        agent.advance(Duration.ofSeconds(1)).receive(Samples.kill("t1", Duration.ofSeconds(2)));

        agent.advance(Duration.ofSeconds(2));

        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void aSecondKillNeverLengthensTheGracePeriod() {
        running(Samples.task("t1")).receive(Samples.kill("t1", Duration.ofSeconds(2)));
        agent.receive(Samples.kill("t1", Duration.ofSeconds(60))).advance(Duration.ofSeconds(2));

        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void reportsKilledWhateverTheExitStatus() {
        for (var status : List.of(new ExitStatus.Code(0), new ExitStatus.Code(1), new ExitStatus.Signalled(15))) {
            running(Samples.task("t1")).receive(Samples.kill("t1"));
            exit(status);

            assertThat(drain()).endsWith(TaskState.TASK_KILLED).doesNotContain(TaskState.TASK_KILLING);
        }
    }

    @Test
    void reportsKillingOnlyToFrameworksThatKnowIt() {
        running(Samples.task("t1"), FrameworkInfo.Capability.Type.TASK_KILLING_STATE)
                .receive(Samples.kill("t1"));
        agent.receive(Samples.kill("t1"));
        exit(new ExitStatus.Signalled(15));

        assertThat(drain())
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING, TaskState.TASK_KILLED);
    }

    @Test
    void killsATaskThatIsBeingStartedOnceItRunsAndLeavesItItsGracePeriod() {
        agent.receive(Samples.launch("t1")).forgetEffects();
        agent.receive(Samples.kill("t1", Duration.ofSeconds(2))).advance(Duration.ofSeconds(5));
        assertThat(signals()).isEmpty();

        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        assertThat(signals()).containsExactly(false);

        agent.advance(Duration.ofSeconds(2));
        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void reportsATaskThatWasKilledBeforeItsStartFailedAsKilledDuringLaunch() {
        agent.receive(Samples.launch("t1")).receive(Samples.kill("t1"));
        agent.apply(new AgentInput.TaskNotStarted(Samples.key("t1"), "no such file"));

        assertThat(drain()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_KILLED);
        assertThat(agent.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void failsATaskThatRunsLongerThanItMay() {
        running(Samples.task("t1")
                .setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(4_000_000_000L)));
        agent.advance(Duration.ofMillis(3_999));
        assertThat(signals()).isEmpty();

        agent.advance(Duration.ofMillis(1));
        assertThat(signals()).containsExactly(false, true);

        exit(new ExitStatus.Signalled(9));
        assertThat(drain()).endsWith(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
    }

    @Test
    void aKillInTimeIsAKillThoughTheTimeIsUpThen() {
        running(Samples.task("t1")
                        .setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(4_000_000_000L)))
                .receive(Samples.kill("t1", Duration.ofSeconds(30)));
        agent.advance(Duration.ofSeconds(10));
        assertThat(signals()).containsExactly(false);

        exit(new ExitStatus.Signalled(15));
        assertThat(drain()).endsWith(TaskState.TASK_KILLED);
    }

    @Test
    void timeRunsWithoutALink() {
        running(Samples.task("t1")).receive(Samples.kill("t1"));
        agent.breakLink().advance(Duration.ofSeconds(3));

        assertThat(signals()).containsExactly(false, true);
    }

    @Test
    void endsTheTasksOfAFrameworkThatIsShutDownWithoutAWord() {
        running(Samples.task("t1"));
        agent.receive(Samples.launch(Samples.framework("f2"), Samples.task("other")));
        agent.receive(Samples.launch("ended"));
        agent.apply(new AgentInput.TaskExited(Samples.key("ended"), new ExitStatus.Code(0)));
        agent.forgetEffects().receive(Samples.shutDown(Samples.FRAMEWORK));

        assertThat(agent.effects(AgentEffect.Forget.class))
                .extracting(AgentEffect.Forget::task)
                .containsExactly(Samples.key("ended"));
        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::task)
                .containsExactly(Samples.key("t1"));

        agent.advance(Duration.ofSeconds(3));
        exit(new ExitStatus.Signalled(9));

        assertThat(signals()).containsExactly(false, true);
        assertThat(agent.snapshot().tasks())
                .extracting(AgentSnapshot.TaskView::key)
                .containsExactly(Samples.key("f2", "other"));
    }

    @Test
    void takesAFrameworkThatWasShutDownBackWhenTasksOfItCome() {
        running(Samples.task("t1")).receive(Samples.shutDown(Samples.FRAMEWORK));
        agent.receive(Samples.launch("t2"));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t2"), 2));
        exit(new ExitStatus.Signalled(15));
        agent.apply(new AgentInput.TaskExited(Samples.key("t2"), new ExitStatus.Code(0)));
        var next = agent.restarted(new Found.Nothing());

        assertThat(agent.snapshot().tasks())
                .extracting(AgentSnapshot.TaskView::state)
                .containsExactly(TaskState.TASK_KILLED, TaskState.TASK_FINISHED);
        assertThat(next.snapshot()).isEqualTo(agentWithoutLink());
    }

    private AgentSnapshot agentWithoutLink() {
        return agent.breakLink().snapshot();
    }

    @Test
    void endsAllTasks() {
        running(Samples.task("t1"));
        agent.receive(Samples.launch(Samples.framework("f2"), Samples.task("t2")));
        agent.apply(new AgentInput.EndAllTasks());
        exit(new ExitStatus.Signalled(15));
        agent.apply(new AgentInput.TaskNotStarted(Samples.key("f2", "t2"), "too late"));

        assertThat(agent.snapshot().runningTasks()).isZero();
        assertThat(agent.snapshot().tasks())
                .extracting(AgentSnapshot.TaskView::state)
                .containsExactly(TaskState.TASK_KILLED, TaskState.TASK_KILLED);
    }
}
