package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;
import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.TASK_KILLING_STATE;
import static dev.proffer.protocol.v1.TaskState.TASK_DROPPED;
import static dev.proffer.protocol.v1.TaskState.TASK_ERROR;
import static dev.proffer.protocol.v1.TaskState.TASK_FAILED;
import static dev.proffer.protocol.v1.TaskState.TASK_FINISHED;
import static dev.proffer.protocol.v1.TaskState.TASK_KILLED;
import static dev.proffer.protocol.v1.TaskState.TASK_KILLING;
import static dev.proffer.protocol.v1.TaskState.TASK_LOST;
import static dev.proffer.protocol.v1.TaskState.TASK_RUNNING;
import static dev.proffer.protocol.v1.TaskState.TASK_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.ExecutorInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.TaskStatus.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskLifeTest {
    private final AgentRig agent = new AgentRig().ready();

    private void acknowledgeLast() {
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
    }

    /** A task that runs, with its first two updates acknowledged. */
    private Container running(TaskInfo.Builder task, FrameworkInfo.Capability.Type... capabilities) {
        agent.frame(1, Orders.launch(task, capabilities));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        acknowledgeLast();
        acknowledgeLast();
        return agent.container();
    }

    private void exits(int code) {
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Exited(code)));
    }

    // Launching

    @Test
    void taskGoesFromStartingToFinished() {
        running(Orders.task("t"));
        exits(0);
        acknowledgeLast();

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING, TASK_FINISHED);
        var last = agent.lastUpdate().getStatus();
        assertThat(last.getMessage()).isEqualTo("Command exited with status 0");
        assertThat(last.getSource()).isEqualTo(Source.SOURCE_EXECUTOR);
        assertThat(last.getExecutorId().getValue()).isEqualTo("t");
        assertThat(last.getContainerStatus()
                        .getNetworkInfos(0)
                        .getIpAddresses(0)
                        .getIpAddress())
                .isEqualTo("10.0.0.7");
        assertThat(last.getAgentId().getValue()).isEqualTo(AgentRig.AGENT);
        assertThat(last.getUuid().size()).isEqualTo(16);
        assertThat(agent.snapshot().tasks()).isEmpty();
        assertThat(agent.snapshot().frameworks()).isEmpty();
        assertThat(agent.effects(AgentEffect.Discard.class)).hasSize(1);
    }

    @Test
    void nothingIsStartedBeforeTheIntentIsOnDisk() {
        agent.disk(AgentRig.Disk.HOLDS);
        agent.frame(1, Orders.launch(Orders.task("t")));
        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        assertThat(agent.updates()).isEmpty();

        agent.release(true);

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(1);
        assertThat(agent.states()).containsExactly(TASK_STARTING);
    }

    @Test
    void launchThatComesTwiceStartsOneProcess() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.frame(1, Orders.launch(Orders.task("t")));

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(1);
    }

    @Test
    void sameTaskIdOfTwoFrameworksIsTwoTasks() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        var other = Orders.launch(Orders.task("t"));
        other.getLaunchTaskBuilder().getFrameworkBuilder().getIdBuilder().setValue("framework-2");
        agent.frame(1, other);

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(2);
    }

    @Test
    void fullDiskRefusesALaunchAndSaysWhy() {
        agent.disk(AgentRig.Disk.FAILS);
        agent.frame(1, Orders.launch(Orders.task("t")));

        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        var status = agent.lastUpdate().getStatus();
        assertThat(status.getState()).isEqualTo(TASK_FAILED);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(status.getMessage()).contains("disk").contains("no space left");
        acknowledgeLast();
        assertThat(agent.snapshot().tasks()).isEmpty();
    }

    @Test
    void processThatCannotBeStartedFailsTheTask() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        acknowledgeLast();
        agent.input(new AgentInput.TaskNotStarted(agent.container(), "no such program"));

        var status = agent.lastUpdate().getStatus();
        assertThat(status.getState()).isEqualTo(TASK_FAILED);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(status.getMessage()).isEqualTo("no such program");
        assertThat(status.getSource()).isEqualTo(Source.SOURCE_AGENT);
    }

    @Test
    void taskWithAnExecutorIsAnError() {
        var executor =
                ExecutorInfo.newBuilder().setExecutorId(ExecutorID.newBuilder().setValue("e"));
        agent.frame(1, Orders.launch(Orders.task("t").clearCommand().setExecutor(executor)));

        var status = agent.lastUpdate().getStatus();
        assertThat(status.getState()).isEqualTo(TASK_ERROR);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_TASK_INVALID);
        assertThat(status.getMessage()).contains("'executor'").contains("'command'");
    }

    @Test
    void uriThatCannotBeFetchedFailsTheTask() {
        var command = CommandInfo.newBuilder()
                .setValue("true")
                .addUris(CommandInfo.URI.newBuilder().setValue("http://x"));
        agent.frame(1, Orders.launch(Orders.task("t").setCommand(command)));

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getMessage()).contains("'command.uris'");
    }

    @Test
    void taskForAnotherAgentIsAnError() {
        var task = Orders.task("t");
        task.getAgentIdBuilder().setValue("agent-2");
        agent.frame(1, Orders.launch(task));

        assertThat(agent.lastUpdate().getStatus().getMessage())
                .contains("agent-2")
                .contains(AgentRig.AGENT);
    }

    // Ends

    @Test
    void otherExitStatusFails() {
        running(Orders.task("t"));
        exits(3);

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getMessage()).isEqualTo("Command exited with status 3");
    }

    @Test
    void deathBySignalFails() {
        running(Orders.task("t"));
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(9)));

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getMessage()).isEqualTo("Command terminated with signal Killed");
    }

    @Test
    void taskThatUsedTooMuchMemorySaysHowMuch() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        acknowledgeLast();
        acknowledgeLast();
        agent.input(new AgentInput.TaskExited(
                agent.container(), new ExitStatus.OutOfMemory(32L << 20, (32L << 20) - 4_096)));

        var status = agent.lastUpdate().getStatus();
        assertThat(status.getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(status.getReason()).isEqualTo(Reason.REASON_CONTAINER_LIMITATION_MEMORY);
        assertThat(status.getMessage()).isEqualTo("Memory limit exceeded: Requested: 32MB Maximum Used: 32MB");
        assertThat(status.getLimitation().getResources(0).getScalar().getValue())
                .isEqualTo(32);
    }

    @Test
    void unknownExitStatusSaysSo() {
        running(Orders.task("t"));
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Unknown("supervisor gone")));

        var status = agent.lastUpdate().getStatus();
        assertThat(status.getReason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
        assertThat(status.getMessage()).contains("supervisor gone");
    }

    @Test
    void endThatIsReportedTwiceCountsOnce() {
        running(Orders.task("t"));
        exits(0);
        exits(1);

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING, TASK_FINISHED);
    }

    @Test
    void completionTimeEndsTheTaskWithoutGrace() {
        running(
                Orders.task("t").setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(60_000_000_000L)),
                TASK_KILLING_STATE);
        agent.pass(Duration.ofSeconds(59));
        assertThat(agent.effects(AgentEffect.Kill.class)).isEmpty();

        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.effects(AgentEffect.Kill.class).getLast().force()).isTrue();
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(9)));

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_MAX_COMPLETION_TIME_REACHED);
        assertThat(agent.states()).doesNotContain(TASK_KILLING);
    }

    // Kills

    @Test
    void killUsesForceAfterThreeSeconds() {
        running(Orders.task("t"));
        agent.frame(1, Orders.kill("t"));
        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false);

        agent.pass(Duration.ofMillis(2_999));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
        agent.pass(Duration.ofMillis(1));
        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);

        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(9)));
        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_KILLED);
        assertThat(agent.states()).doesNotContain(TASK_KILLING);
    }

    @Test
    void exitWithZeroAfterAKillIsKilled() {
        running(Orders.task("t"));
        agent.frame(1, Orders.kill("t"));
        exits(0);

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_KILLED);
    }

    @Test
    void killingIsReportedToFrameworksThatKnowTheState() {
        running(Orders.task("t"), TASK_KILLING_STATE);
        agent.frame(1, Orders.kill("t"));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING, TASK_KILLING);
    }

    @Test
    void graceOfTheCallComesBeforeThatOfTheTask() {
        running(Orders.task("t").setKillPolicy(Orders.policy(Duration.ofSeconds(20))));
        agent.frame(1, Orders.kill("t", Duration.ofSeconds(10)));
        agent.pass(Duration.ofMillis(9_999));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);

        agent.pass(Duration.ofMillis(1));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(2);
    }

    @Test
    void graceOfTheTaskComesBeforeTheDefault() {
        running(Orders.task("t").setKillPolicy(Orders.policy(Duration.ofSeconds(20))));
        agent.frame(1, Orders.kill("t"));
        agent.pass(Duration.ofMillis(19_999));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);

        agent.pass(Duration.ofMillis(1));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(2);
    }

    @Test
    void secondKillMayOnlyShortenTheGrace() {
        running(Orders.task("t"));
        agent.frame(1, Orders.kill("t", Duration.ofSeconds(10)));
        agent.frame(1, Orders.kill("t", Duration.ofSeconds(60)));
        agent.pass(Duration.ofSeconds(1));
        agent.frame(1, Orders.kill("t", Duration.ofSeconds(2)));
        agent.pass(Duration.ofSeconds(2));

        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
    }

    @Test
    void whatSurvivesForceIsHitAgain() {
        running(Orders.task("t"));
        agent.frame(1, Orders.kill("t", Duration.ZERO));
        agent.pass(Duration.ofSeconds(11));

        assertThat(agent.effects(AgentEffect.Kill.class).stream().filter(AgentEffect.Kill::force))
                .hasSize(3);
    }

    @Test
    void killBeforeTheIntentIsOnDiskStartsNothing() {
        agent.disk(AgentRig.Disk.HOLDS);
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.frame(1, Orders.kill("t"));
        agent.release(true);
        acknowledgeLast();

        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_KILLED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void killWhileTheProcessIsStartedWaitsForIt() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.frame(1, Orders.kill("t"));
        assertThat(agent.effects(AgentEffect.Kill.class)).isEmpty();

        agent.input(new AgentInput.TaskStarted(agent.container(), 10));

        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
    }

    @Test
    void killOfAnUnknownTaskIsAnsweredWhenTheFrameworkIsKnown() {
        running(Orders.task("t"), PARTITION_AWARE);
        agent.frame(1, Orders.kill("other"));

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_DROPPED);
        assertThat(agent.lastUpdate().getStatus().getTaskId().getValue()).isEqualTo("other");
    }

    // Frameworks and reconciliation

    @Test
    void shutDownFrameworkIsForgottenWhenItsTasksHaveEnded() {
        running(Orders.task("t"));
        agent.frame(1, Orders.shutDown());
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
        agent.frame(1, Orders.launch(Orders.task("late")));
        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(1);

        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(15)));

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_KILLED);
        assertThat(agent.snapshot().tasks()).isEmpty();
        var later = agent.restarted("boot-1", Duration.ZERO);
        assertThat(later.snapshot().tasks()).isEmpty();
    }

    @Test
    void missingTaskIsAnsweredWithATerminalUpdate() {
        agent.frame(1, Orders.reconcile("a", /* partitionAware= */ true));
        agent.frame(1, Orders.reconcile("b", /* partitionAware= */ false));

        assertThat(agent.states()).containsExactly(TASK_DROPPED, TASK_LOST);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_RECONCILIATION);
        acknowledgeLast();
        agent.pass(Duration.ofSeconds(10));
        assertThat(agent.states()).containsExactly(TASK_DROPPED, TASK_LOST, TASK_DROPPED);
    }

    @Test
    void presentTaskIsNotAnsweredFor() {
        running(Orders.task("t"));
        int before = agent.updates().size();
        agent.frame(1, Orders.reconcile("t", true));

        assertThat(agent.updates()).hasSize(before);
    }

    @Test
    void endOfAllTasksWaitsForTheDisk() {
        running(Orders.task("t").setKillPolicy(Orders.policy(Duration.ofHours(1))));
        agent.input(new AgentInput.EndTasks());
        agent.pass(Duration.ofSeconds(5));
        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
        agent.disk(AgentRig.Disk.HOLDS);
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(9)));
        assertThat(agent.effects(AgentEffect.TasksEnded.class)).isEmpty();

        agent.release(true);

        assertThat(agent.effects(AgentEffect.TasksEnded.class)).hasSize(1);
        assertThat(agent.snapshot().isRegistered()).isTrue();
        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TASK_KILLED);
    }

    @Test
    void agentKeepsABoundedNumberOfTasks() {
        for (int i = 0; i < agent.settings.tasksAtMost(); i++) {
            agent.frame(1, Orders.launch(Orders.task("t" + i)));
        }
        int launched = agent.effects(AgentEffect.Launch.class).size();
        agent.frame(1, Orders.launch(Orders.task("one-more")));

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(launched);
        var status = agent.lastUpdate().getStatus();
        assertThat(status.getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(status.hasUuid()).isFalse();
    }
}
