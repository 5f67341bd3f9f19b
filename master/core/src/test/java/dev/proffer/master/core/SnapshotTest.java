package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.protocol.v1.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void whatDidNotChangeIsShared() {
        master.registered("cpus:1");
        master.registered("cpus:1");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        var before = master.snapshot();

        scheduler.launch(offer, task("t1", offer, "cpus:1"));
        var after = master.snapshot();

        assertThat(after.agents().get(0)).isSameAs(before.agents().get(0));
        assertThat(after.agents().get(1)).isNotSameAs(before.agents().get(1));
        assertThat(after.frameworks().getFirst()).isSameAs(before.frameworks().getFirst());
        assertThat(before.agents().get(1).tasks()).isEmpty();
        assertThat(after.agents().get(1).tasks()).hasSize(1);
    }

    @Test
    void aTaskThatDidNotChangeIsShared() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        scheduler.launch(offer, task("t1", offer, "cpus:1"), task("t2", offer, "cpus:1"));
        var before = master.snapshot().agents().getFirst().tasks();

        agent.report("t2", TaskState.TASK_RUNNING);
        var after = master.snapshot().agents().getFirst().tasks();

        assertThat(after.get(0)).isSameAs(before.get(0));
        assertThat(after.get(1).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(before.get(1).state()).isEqualTo(TaskState.TASK_STAGING);
    }

    @Test
    void tasksAreFoundByFrameworkAndByState() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        scheduler.launch(offer, task("t1", offer, "cpus:1"), task("t2", offer, "cpus:1"));
        agent.report("t2", TaskState.TASK_RUNNING);

        assertThat(master.snapshot().tasksByFramework().get(scheduler.id())).hasSize(2);
        assertThat(master.snapshot().liveTasksByState())
                .containsEntry(TaskState.TASK_STAGING, 1L)
                .containsEntry(TaskState.TASK_RUNNING, 1L);
        assertThat(master.snapshot().counters().count(Counter.TASKS_LAUNCHED)).isEqualTo(2);
        assertThat(master.snapshot().counters().count(Counter.OFFERS_MADE)).isEqualTo(1);
    }

    @Test
    void aSnapshotSaysWhenTheTermBeganAndWhenItWasTaken() {
        var start = master.now().wall();
        master.subscribed();
        master.advance(Duration.ofSeconds(15));

        assertThat(master.snapshot().startedAt()).isEqualTo(start);
        assertThat(master.snapshot().takenAt()).isEqualTo(start.plusSeconds(15));
        assertThat(master.snapshot().leadership().term()).isEqualTo(1);
    }

    @Test
    void itCanBeTakenBeforeAnythingHappened() {
        assertThat(master.snapshot().agents()).isEmpty();
        assertThat(master.snapshot().offers()).isEqualTo(List.of());
    }

    @Test
    void impossibleSettingsAreRefusedAndNamed() {
        var good = MasterConfig.DEFAULTS;
        assertThatThrownBy(() -> new MasterConfig(
                        good.heartbeatInterval(),
                        Duration.ofSeconds(80),
                        good.agentTimeout(),
                        good.offerTimeout(),
                        1,
                        1,
                        1,
                        1,
                        1,
                        good.registry(),
                        good.policy()))
                .hasMessageContaining("agentTimeout");
        assertThatThrownBy(() -> new MasterConfig(
                        Duration.ZERO,
                        good.agentPingInterval(),
                        good.agentTimeout(),
                        good.offerTimeout(),
                        1,
                        1,
                        1,
                        1,
                        1,
                        good.registry(),
                        good.policy()))
                .hasMessageContaining("heartbeatInterval");
        assertThatThrownBy(() -> new MasterConfig(
                        good.heartbeatInterval(),
                        good.agentPingInterval(),
                        good.agentTimeout(),
                        good.offerTimeout(),
                        -1,
                        1,
                        1,
                        1,
                        1,
                        good.registry(),
                        good.policy()))
                .hasMessageContaining("maxCompletedFrameworks");
        assertThatThrownBy(() -> new Leadership(0, "h", "c", "m", good(master))).hasMessageContaining("term");
    }

    private static dev.proffer.protocol.v1.MasterInfo good(MasterScenario master) {
        return master.snapshot().leadership().info();
    }
}
