package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.TaskState.TASK_FINISHED;
import static dev.proffer.protocol.v1.TaskState.TASK_RUNNING;
import static dev.proffer.protocol.v1.TaskState.TASK_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.StatusUpdate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpdateStreamTest {
    private final AgentRig agent = new AgentRig().ready();

    private void launch() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
    }

    @Test
    void onlyTheHeadIsSentWithTheLatestState() {
        launch();
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Exited(0)));
        assertThat(agent.states()).containsExactly(TASK_STARTING);

        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING);
        assertThat(agent.lastUpdate().getLatestState()).isEqualTo(TASK_FINISHED);
    }

    @Test
    void unacknowledgedHeadIsRepeatedMoreAndMoreRarely() {
        launch();
        agent.pass(Duration.ofSeconds(9));
        assertThat(agent.updates()).hasSize(1);
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.updates()).hasSize(2);
        agent.pass(Duration.ofSeconds(19));
        assertThat(agent.updates()).hasSize(2);
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.updates()).hasSize(3);
        assertThat(agent.updates().stream().map(StatusUpdate::getStatus).distinct())
                .hasSize(1);
    }

    @Test
    void repetitionsAreAtMostTenMinutesApart() {
        launch();
        for (int i = 0; i < 1_000; i++) {
            keepLink();
        }
        int before = agent.updates().size();
        for (int i = 0; i < 10; i++) {
            keepLink();
        }

        assertThat(agent.updates()).hasSize(before + 1);
    }

    /** A minute, in which the master is heard. */
    private void keepLink() {
        agent.pass(Duration.ofMinutes(1));
        agent.frame(
                1,
                Orders.acknowledge(StatusUpdate.newBuilder()
                        .setFrameworkId(Orders.FRAMEWORK)
                        .setStatus(agent.lastUpdate().getStatus().toBuilder().setUuid(ByteString.copyFromUtf8("none")))
                        .setLatestState(TASK_RUNNING)
                        .build()));
    }

    @Test
    void acknowledgementOfAnotherUpdateIsIgnored() {
        launch();
        keepLink();
        assertThat(agent.states()).doesNotContain(TASK_RUNNING);
    }

    @Test
    void acknowledgementThatComesTwiceCountsOnce() {
        launch();
        var first = agent.lastUpdate();
        agent.frame(1, Orders.acknowledge(first));
        agent.frame(1, Orders.acknowledge(first));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING);
        assertThat(agent.snapshot().tasks().getFirst().unacknowledged()).isEqualTo(1);
    }

    @Test
    void headIsSentAtOnceAfterReregistration() {
        launch();
        agent.closeLink();
        agent.pass(Duration.ofSeconds(2));
        agent.registered(1);

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_STARTING);
        var inventory = agent.sent().stream()
                .filter(AgentFrame::hasInventory)
                .toList()
                .getLast()
                .getInventory();
        assertThat(inventory.getTasks(0).getState()).isEqualTo(TASK_RUNNING);
        assertThat(inventory.getTasks(0).getStatusUpdateState()).isEqualTo(TASK_STARTING);
        assertThat(inventory.getFrameworks(0).getId()).isEqualTo(Orders.FRAMEWORK);
    }

    @Test
    void nothingIsSentWithoutARegistration() {
        launch();
        agent.closeLink();
        int before = agent.sent().size();
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Exited(0)));

        assertThat(agent.sent()).hasSize(before);
    }

    @Test
    void updateWaitsForTheDiskAndIsTriedAgain() {
        launch();
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        agent.disk(AgentRig.Disk.FAILS);
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Exited(0)));
        agent.pass(Duration.ofSeconds(30));
        assertThat(agent.states()).doesNotContain(TASK_FINISHED);

        agent.disk(AgentRig.Disk.WORKS);
        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.states()).containsExactly(TASK_STARTING, TASK_RUNNING, TASK_FINISHED);
    }
}
