package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReconcileTasks;
import dev.proffer.protocol.link.UpdateFramework;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import org.junit.jupiter.api.Test;

class TaskLifeTest {
    private final AgentScenario agent = new AgentScenario().register().forgetEffects();

    private AgentScenario acknowledgeLast() {
        return agent.receive(Samples.acknowledge(agent.lastStatus()));
    }

    private AgentScenario running(String task) {
        agent.receive(Samples.launch(task));
        agent.apply(new AgentInput.TaskStarted(Samples.key(task), 4711));
        return agent;
    }

    @Test
    void reportsStartingRunningAndFinishedOneAfterTheOther() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        acknowledgeLast();
        acknowledgeLast();

        assertThat(agent.statuses())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(agent.statuses()).extracting(TaskStatus::getUuid).doesNotHaveDuplicates();
        assertThat(agent.statuses()).allSatisfy(status -> {
            assertThat(status.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
            assertThat(status.getUuid().size()).isEqualTo(16);
            assertThat(status.getAgentId().getValue()).isEqualTo(Samples.AGENT);
            assertThat(status.getExecutorId().getValue()).isEqualTo("t1");
            assertThat(status.hasReason()).isFalse();
        });
        assertThat(agent.lastStatus().getMessage()).isEqualTo("Command exited with status 0");
    }

    @Test
    void forgetsATaskWhenItsEndIsAcknowledged() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        acknowledgeLast();
        acknowledgeLast();
        assertThat(agent.effects(AgentEffect.Forget.class)).isEmpty();

        acknowledgeLast();

        assertThat(agent.effects(AgentEffect.Forget.class))
                .extracting(AgentEffect.Forget::task)
                .containsExactly(Samples.key("t1"));
        assertThat(agent.snapshot().tasks()).isEmpty();
        assertThat(agent.core().journal()).noneMatch(entry -> entry.hasFramework() || entry.hasLaunchIntent());
    }

    @Test
    void startsATaskOnceThoughItIsLaunchedTwice() {
        agent.receive(Samples.launch("t1"));
        int records = agent.journal().size();

        agent.receive(Samples.launch("t1"));

        assertThat(agent.effects(AgentEffect.Start.class)).hasSize(1);
        assertThat(agent.journal()).hasSize(records);
    }

    @Test
    void tellsTasksOfTwoFrameworksWithOneIdApart() {
        agent.receive(Samples.launch("t1"));
        agent.receive(Samples.launch(Samples.framework("f2"), Samples.task("t1")));

        assertThat(agent.effects(AgentEffect.Start.class))
                .extracting(AgentEffect.Start::task)
                .containsExactly(Samples.key("t1"), Samples.key("f2", "t1"));
    }

    @Test
    void failsATaskWhoseCommandFails() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(3)));
        acknowledgeLast();
        acknowledgeLast();

        assertThat(agent.lastStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getMessage()).isEqualTo("Command exited with status 3");
        assertThat(agent.lastStatus().hasReason()).isFalse();
    }

    @Test
    void failsATaskThatASignalEnds() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Signalled(9)));
        acknowledgeLast();
        acknowledgeLast();

        assertThat(agent.lastStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getMessage()).contains("signal 9");
    }

    @Test
    void failsATaskWhoseEndNobodySaw() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Unknown("supervisor gone")));
        acknowledgeLast();
        acknowledgeLast();

        assertThat(agent.lastStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED);
        assertThat(agent.lastStatus().getSource()).isEqualTo(TaskStatus.Source.SOURCE_AGENT);
        assertThat(agent.lastStatus().getMessage()).isEqualTo("supervisor gone");
    }

    @Test
    void failsATaskThatCannotBeStarted() {
        agent.receive(Samples.launch("t1"));
        agent.apply(new AgentInput.TaskNotStarted(Samples.key("t1"), "no space left"));
        acknowledgeLast();

        assertThat(agent.lastStatus().getState()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.lastStatus().getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(agent.lastStatus().getMessage()).isEqualTo("no space left");
    }

    @Test
    void reportsOneEndOnly() {
        running("t1");
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        int records = agent.journal().size();

        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(1)));
        agent.apply(new AgentInput.TaskNotStarted(Samples.key("t1"), "late"));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));

        assertThat(agent.journal()).hasSize(records);
    }

    @Test
    void ignoresWhatIsSaidOfTasksThatItDoesNotKnow() {
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(1)));
        agent.apply(new AgentInput.TaskNotStarted(Samples.key("t1"), "late"));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        agent.receive(Samples.kill("t1"));
        agent.receive(Samples.shutDown("f9"));
        agent.receive(MasterFrame.newBuilder()
                .setUpdateFramework(UpdateFramework.newBuilder().setFramework(Samples.framework("f9"))));

        assertThat(agent.effects()).isEmpty();
        assertThat(agent.core().journal()).noneMatch(entry -> !entry.hasAgentId() && !entry.hasAccepted());
    }

    @Test
    void answersReconciliationForTasksThatItDoesNotKnowOnly() {
        running("here").forgetEffects();

        agent.receive(MasterFrame.newBuilder()
                .setReconcileTasks(ReconcileTasks.newBuilder()
                        .addTasks(entry("here", true))
                        .addTasks(entry("aware", true))
                        .addTasks(entry("old", false))));

        assertThat(agent.statuses())
                .extracting(status -> status.getTaskId().getValue())
                .containsExactly("aware", "old");
        assertThat(agent.statuses())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_DROPPED, TaskState.TASK_LOST);
        assertThat(agent.statuses()).allSatisfy(status -> {
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_RECONCILIATION);
            assertThat(status.getAgentId().getValue()).isEqualTo(Samples.AGENT);
            assertThat(status.hasUuid()).isTrue();
        });
        assertThat(agent.updates())
                .extracting(update -> update.getLatestState())
                .containsExactly(TaskState.TASK_DROPPED, TaskState.TASK_LOST);
    }

    private static ReconcileTasks.Entry entry(String task, boolean partitionAware) {
        return ReconcileTasks.Entry.newBuilder()
                .setFrameworkId(Samples.frameworkId(Samples.FRAMEWORK))
                .setTaskId(Samples.taskId(task))
                .setPartitionAware(partitionAware)
                .build();
    }

    @Test
    void followsChangesOfAFramework() {
        running("t1").forgetEffects();
        var changed = Samples.framework(Samples.FRAMEWORK, FrameworkInfo.Capability.Type.TASK_KILLING_STATE);

        agent.receive(MasterFrame.newBuilder()
                .setUpdateFramework(UpdateFramework.newBuilder().setFramework(changed)));
        agent.breakLink().register();

        assertThat(agent.inventories().getLast().getFrameworksList()).containsExactly(changed);
        assertThat(agent.restarted(new Found.Running(1))
                        .register()
                        .inventories()
                        .getLast()
                        .getFrameworksList())
                .containsExactly(changed);
    }

    @Test
    void startsNothingMoreOnceItEndsAllTasks() {
        running("t1").forgetEffects();
        agent.apply(new AgentInput.EndAllTasks());
        agent.receive(Samples.launch(
                Samples.framework("f2", FrameworkInfo.Capability.Type.PARTITION_AWARE), Samples.task("t2")));
        agent.receive(Samples.launch("t3"));

        assertThat(agent.effects(AgentEffect.Start.class)).isEmpty();
        assertThat(agent.effects(AgentEffect.Kill.class))
                .singleElement()
                .satisfies(kill -> assertThat(kill.task()).isEqualTo(Samples.key("t1")));
        assertThat(agent.statuses())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_DROPPED, TaskState.TASK_LOST);
        assertThat(agent.snapshot().runningTasks()).isEqualTo(1);
    }
}
