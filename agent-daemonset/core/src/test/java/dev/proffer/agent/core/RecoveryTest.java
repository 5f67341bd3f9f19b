package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;
import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.TASK_KILLING_STATE;
import static dev.proffer.protocol.v1.TaskState.TASK_DROPPED;
import static dev.proffer.protocol.v1.TaskState.TASK_FAILED;
import static dev.proffer.protocol.v1.TaskState.TASK_FINISHED;
import static dev.proffer.protocol.v1.TaskState.TASK_KILLED;
import static dev.proffer.protocol.v1.TaskState.TASK_KILLING;
import static dev.proffer.protocol.v1.TaskState.TASK_RUNNING;
import static dev.proffer.protocol.v1.TaskState.TASK_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.core.journal.Records;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TaskUpdate;
import dev.proffer.protocol.journal.UpdateAcknowledged;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private final AgentRig before = new AgentRig().ready();

    private Container running(TaskInfo.Builder task) {
        before.frame(1, Orders.launch(task, PARTITION_AWARE));
        before.input(new AgentInput.TaskStarted(before.container(), 10));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));
        return before.container();
    }

    private AgentRig restarted() {
        return before.restarted("boot-1", Duration.ofMinutes(1)).started();
    }

    @Test
    void agentShowsItselfOnlyWhenItKnowsWhatBecameOfItsTasks() {
        var container = running(Orders.task("t"));
        var agent = restarted();

        assertThat(agent.effects)
                .containsExactly(new AgentEffect.Sweep(List.of(container.id())), new AgentEffect.Find(container));
        agent.input(new AgentInput.TaskStarted(container, 10));
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(1);
        agent.registered(2);
        assertThat(agent.updates()).isEmpty();
        assertThat(agent.snapshot().tasks().getFirst().state()).isEqualTo(TASK_RUNNING);
    }

    @Test
    void exitWhileTheAgentWasDownIsReported() {
        var container = running(Orders.task("t"));
        var agent = restarted();
        agent.input(new AgentInput.TaskExited(container, new ExitStatus.Exited(0)));
        agent.registered(2);

        assertThat(agent.states()).containsExactly(TASK_FINISHED);
    }

    @Test
    void unacknowledgedUpdatesAreSentAgainWithTheirUuids() {
        before.frame(1, Orders.launch(Orders.task("t")));
        var first = before.lastUpdate();
        before.input(new AgentInput.TaskStarted(before.container(), 10));
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(before.container(), 10));
        agent.registered(1);

        assertThat(agent.lastUpdate().getStatus()).isEqualTo(first.getStatus());
        assertThat(agent.lastUpdate().getLatestState()).isEqualTo(TASK_RUNNING);
    }

    @Test
    void processWhoseRunningUpdateDidNotReachTheDiskIsReportedRunning() {
        before.frame(1, Orders.launch(Orders.task("t")));
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(before.container(), 10));
        agent.registered(1);
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING);
    }

    @Test
    void intentWithoutAProcessIsDropped() {
        before.frame(1, Orders.launch(Orders.task("t"), PARTITION_AWARE));
        var agent = restarted();
        agent.input(new AgentInput.TaskNotFound(before.container()));
        agent.registered(1);
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_DROPPED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_AGENT_RESTARTED);
    }

    @Test
    void rebootEndsEveryTaskOnce() {
        running(Orders.task("t"));
        var agent = before.restarted("boot-2", Duration.ofMinutes(1)).started();

        assertThat(agent.effects(AgentEffect.Find.class)).isEmpty();
        agent.registered(2);
        assertThat(agent.states()).containsExactly(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);

        var third = agent.restarted("boot-2", Duration.ofMinutes(1)).started();
        third.registered(3);
        assertThat(third.updates()).hasSize(1);
        assertThat(third.lastUpdate().getStatus().getUuid())
                .isEqualTo(agent.lastUpdate().getStatus().getUuid());
        third.frame(3, Orders.acknowledge(third.lastUpdate()));
        assertThat(third.snapshot().tasks()).isEmpty();
    }

    @Test
    void killGoesOnAfterARestart() {
        var container = running(Orders.task("t"));
        before.frame(1, Orders.kill("t", Duration.ofSeconds(7)));
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(container, 10));
        agent.pass(Duration.ofSeconds(7));

        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
        agent.input(new AgentInput.TaskExited(container, new ExitStatus.Signalled(9)));
        agent.registered(1);
        assertThat(agent.states()).containsExactly(TASK_KILLED);
    }

    @Test
    void shorterGraceOfASecondKillCountsAfterARestartToo() {
        var container = running(Orders.task("t"));
        before.frame(1, Orders.kill("t", Duration.ofMinutes(9)));
        before.frame(1, Orders.kill("t", Duration.ofSeconds(2)));
        before.frame(1, Orders.kill("t", Duration.ofMinutes(5)));
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(container, 10));
        agent.pass(Duration.ofSeconds(2));

        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
    }

    @Test
    void killingIsNotReportedTwice() {
        before.frame(1, Orders.launch(Orders.task("t"), TASK_KILLING_STATE));
        before.input(new AgentInput.TaskStarted(before.container(), 10));
        before.frame(1, Orders.kill("t"));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));
        assertThat(before.states()).endsWith(TASK_KILLING);
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(before.container(), 10));
        agent.registered(1);

        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
        assertThat(agent.states()).isEmpty();
    }

    @Test
    void killByAStoppingAgentGoesOnAfterARestart() {
        var container = running(Orders.task("t"));
        before.input(new AgentInput.EndTasks());
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(container, 10));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);

        agent.input(new AgentInput.TaskExited(container, new ExitStatus.Unknown("gone")));
        agent.registered(1);
        assertThat(agent.states()).containsExactly(TASK_KILLED);
    }

    @Test
    void taskThatRanAndLeftNoTraceHasFailed() {
        var container = running(Orders.task("t"));
        var agent = restarted();
        agent.input(new AgentInput.TaskNotFound(container));
        agent.registered(1);

        assertThat(agent.states()).containsExactly(TASK_FAILED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
    }

    @Test
    void tasksOfAFrameworkThatWasShutDownAreEndedThoughTheirKillsWereNotRecorded() {
        var container = running(Orders.task("t"));
        before.frame(1, Orders.shutDown());
        before.onDisk.removeIf(JournalRecord::hasKillIntent);
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(container, 10));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);

        agent.input(new AgentInput.TaskExited(container, new ExitStatus.Signalled(15)));

        assertThat(agent.snapshot().tasks()).isEmpty();
        assertThat(agent.snapshot().frameworks()).isEmpty();
    }

    /** The first task's end could not be recorded before its framework was removed. */
    @Test
    void frameworkThatComesAnewKeepsItsUpdates() {
        running(Orders.task("old"));
        before.disk(AgentRig.Disk.FAILS);
        before.input(new AgentInput.TaskExited(before.container(), new ExitStatus.Exited(0)));
        before.disk(AgentRig.Disk.WORKS);
        before.frame(1, Orders.shutDown());
        before.frame(1, Orders.launch(Orders.task("new")));
        before.input(new AgentInput.TaskStarted(before.container(), 11));
        before.input(new AgentInput.TaskExited(before.container(), new ExitStatus.Exited(0)));

        var memory = new AgentMemory();
        before.onDisk.forEach(memory::apply);
        assertThat(memory.tasks().get(before.container().task())).isNotNull();
        assertThat(memory.frameworks().values()).noneMatch(AgentMemory.RememberedFramework::shutDown);
    }

    @Test
    void whatTheJournalDoesNotKnowIsSweptAway() {
        var container = running(Orders.task("t"));
        var agent = restarted();

        assertThat(agent.effects(AgentEffect.Sweep.class))
                .containsExactly(new AgentEffect.Sweep(List.of(container.id())));
    }

    @Test
    void recordsThatNameNoTaskAreSkipped() {
        var memory = new AgentMemory();
        memory.apply(JournalRecord.newBuilder()
                .setLaunchIntent(LaunchIntent.getDefaultInstance())
                .buildPartial());
        memory.apply(JournalRecord.newBuilder()
                .setKillIntent(KillIntent.getDefaultInstance())
                .buildPartial());
        memory.apply(JournalRecord.newBuilder()
                .setTaskUpdate(TaskUpdate.getDefaultInstance())
                .buildPartial());
        memory.apply(JournalRecord.newBuilder()
                .setUpdateAcknowledged(UpdateAcknowledged.getDefaultInstance())
                .buildPartial());
        memory.apply(JournalRecord.newBuilder()
                .setFrameworkShutDown(FrameworkID.getDefaultInstance())
                .buildPartial());

        assertThat(memory.records()).isEmpty();
    }

    @Test
    void frameworkWithoutATaskIsForgotten() {
        var memory = new AgentMemory();
        memory.apply(Records.framework(Orders.framework()));

        assertThat(memory.frameworks()).isEmpty();
        assertThat(memory.records()).isEmpty();
    }

    @Test
    void exitByAKillOfBeforeTheRestartIsKilled() {
        var container = running(Orders.task("t"));
        before.frame(1, Orders.kill("t"));
        var agent = restarted();
        agent.input(new AgentInput.TaskExited(container, new ExitStatus.Signalled(15)));
        agent.registered(1);

        assertThat(agent.states()).containsExactly(TASK_KILLED);
    }

    @Test
    void completionTimeRunsOnWhileTheAgentIsDown() {
        var limit =
                DurationInfo.newBuilder().setNanoseconds(Duration.ofSeconds(90).toNanos());
        var container = running(Orders.task("t").setMaxCompletionTime(limit));
        var agent = restarted();
        agent.input(new AgentInput.TaskStarted(container, 10));
        agent.pass(Duration.ofSeconds(29));
        assertThat(agent.effects(AgentEffect.Kill.class)).isEmpty();

        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.Kill.class)).isNotEmpty();
    }

    @Test
    void acknowledgedEndLeavesNothingOnDisk() {
        running(Orders.task("t"));
        before.input(new AgentInput.TaskExited(before.container(), new ExitStatus.Exited(0)));
        before.frame(1, Orders.acknowledge(before.lastUpdate()));

        var memory = new AgentMemory();
        before.onDisk.forEach(memory::apply);
        assertThat(memory.tasks()).isEmpty();
        assertThat(memory.frameworks()).isEmpty();
        assertThat(memory.records()).hasSize(3);
    }

    @Test
    void rewrittenJournalTellsTheSame() {
        running(Orders.task("a"));
        before.frame(1, Orders.kill("a"));
        before.frame(1, Orders.launch(Orders.task("b")));
        before.input(new AgentInput.TaskStarted(before.container(), 11));
        before.frame(1, Orders.launch(Orders.task("c")));
        before.input(new AgentInput.TaskStarted(before.container(), 12));
        before.input(new AgentInput.TaskExited(before.container(), new ExitStatus.Exited(1)));

        var memory = new AgentMemory();
        before.onDisk.forEach(memory::apply);
        var again = new AgentMemory();
        memory.records().forEach(again::apply);

        assertThat(again.records()).isEqualTo(memory.records());
        assertThat(again.tasks()).hasSize(3);
    }
}
