package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import org.junit.jupiter.api.Test;

class InventoryPartsTest {
    private static final int FRAME_LIMIT = 16 << 20;

    private final AgentScenario agent = new AgentScenario().register();

    @Test
    void tellsStateAndHeadOfEachTask() {
        agent.receive(Samples.launch("t1"));
        var starting = agent.lastStatus();
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        agent.breakLink().forgetEffects().register();

        var part = agent.inventories().getFirst();
        assertThat(part.getFrameworksList()).containsExactly(Samples.framework(Samples.FRAMEWORK));
        assertThat(part.getTaskInfosList()).containsExactly(Samples.task("t1").build());
        var task = part.getTasks(0);
        assertThat(task.getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(task.getStatusUpdateState()).isEqualTo(TaskState.TASK_STARTING);
        assertThat(task.getStatusUpdateUuid()).isEqualTo(starting.getUuid());
        assertThat(task.getStatusesList())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
        assertThat(task.getFrameworkId().getValue()).isEqualTo(Samples.FRAMEWORK);
    }

    @Test
    void cutsLargeInventoriesIntoPartsThatFitIntoFrames() {
        var large = "x".repeat(1 << 20);
        for (int number = 0; number < 40; number++) {
            var framework =
                    Samples.framework("f" + number).toBuilder().setName(large).build();
            var task = Samples.task("t" + number);
            task.getCommandBuilder().setValue(large);
            agent.receive(Samples.launch(framework, task));
        }
        agent.breakLink().forgetEffects().register();

        var parts = agent.inventories();
        assertThat(parts).allMatch(part -> part.getSerializedSize() < FRAME_LIMIT / 2);
        assertThat(parts.stream().mapToInt(Inventory::getTasksCount).sum()).isEqualTo(40);
        assertThat(parts.stream().mapToInt(Inventory::getTaskInfosCount).sum()).isEqualTo(40);
        assertThat(parts.stream().mapToInt(Inventory::getFrameworksCount).sum()).isEqualTo(40);
        assertThat(parts.getLast().getLast()).isTrue();
        assertThat(parts.subList(0, parts.size() - 1)).noneMatch(Inventory::getLast);
        assertThat(parts).allMatch(part -> part.getTasksCount() == part.getTaskInfosCount());
    }
}
