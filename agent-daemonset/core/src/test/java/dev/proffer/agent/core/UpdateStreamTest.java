package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateStreamTest {
    private final AgentScenario agent = new AgentScenario().register().forgetEffects();

    private void exit() {
        agent.receive(Samples.launch("t1"));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
    }

    @Test
    void sendsOnlyTheHeadAndSaysHowFarTheTaskIs() {
        exit();
        agent.breakLink().forgetEffects().register();

        assertThat(agent.updates()).singleElement().satisfies(update -> {
            assertThat(update.getStatus().getState()).isEqualTo(TaskState.TASK_STARTING);
            assertThat(update.getLatestState()).isEqualTo(TaskState.TASK_FINISHED);
            assertThat(update.getFrameworkId().getValue()).isEqualTo(Samples.FRAMEWORK);
        });
    }

    @Test
    void sendsTheNextAsSoonAsTheHeadIsAcknowledged() {
        exit();
        var head = agent.lastStatus();
        agent.forgetEffects().receive(Samples.acknowledge(head));

        assertThat(agent.statuses()).extracting(TaskStatus::getState).containsExactly(TaskState.TASK_RUNNING);
    }

    /** As in Mesos' {@code TaskStatusUpdateManagerTest.IgnoreUnexpectedStatusUpdateAck}. */
    @Test
    void ignoresAcknowledgementsOfAnythingButTheHead() {
        exit();
        var head = agent.lastStatus();
        int records = agent.journal().size();
        agent.forgetEffects();

        agent.receive(Samples.acknowledge(head.toBuilder()
                .setUuid(ByteString.copyFromUtf8("0123456789abcdef"))
                .build()));
        agent.receive(Samples.acknowledge("f9", head));

        assertThat(agent.effects()).isEmpty();
        assertThat(agent.journal()).hasSize(records);
        assertThat(agent.snapshot().tasks().getFirst().unacknowledgedUpdates()).isEqualTo(3);

        agent.receive(Samples.acknowledge(head));
        agent.receive(Samples.acknowledge(head));

        assertThat(agent.snapshot().tasks().getFirst().unacknowledgedUpdates()).isEqualTo(2);
    }

    /** As in Mesos' {@code TaskStatusUpdateManagerTest.RetryStatusUpdate}. */
    @Test
    void sendsAgainAfterTenSecondsDoublingToTenMinutes() {
        agent.receive(Samples.launch("t1"));
        var sent = new ArrayList<Long>();
        long start = agent.now().nanos();
        while (sent.size() < 9) {
            agent.forgetEffects().advance(Duration.ofSeconds(1));
            agent.receive(MasterFrame.newBuilder().setPong(Pong.newBuilder().setSequence(1)));
            if (!agent.updates().isEmpty()) {
                sent.add(Duration.ofNanos(agent.now().nanos() - start).toSeconds());
            }
        }

        assertThat(sent).isEqualTo(List.of(10L, 30L, 70L, 150L, 310L, 630L, 1230L, 1830L, 2430L));
    }

    @Test
    void startsAgainWithTenSecondsForTheNextHead() {
        agent.receive(Samples.launch("t1"));
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        keepAlive(Duration.ofSeconds(31));
        agent.receive(Samples.acknowledge(agent.lastStatus())).forgetEffects();

        keepAlive(Duration.ofSeconds(10));

        assertThat(agent.statuses()).extracting(TaskStatus::getState).containsExactly(TaskState.TASK_RUNNING);
    }

    @Test
    void repeatsWithTheSameUuid() {
        agent.receive(Samples.launch("t1"));
        keepAlive(Duration.ofSeconds(31));

        assertThat(agent.statuses()).hasSize(3);
        assertThat(agent.statuses().stream().distinct()).hasSize(1);
    }

    private void keepAlive(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            agent.advance(Duration.ofSeconds(1));
            agent.receive(MasterFrame.newBuilder().setPong(Pong.newBuilder().setSequence(1)));
        }
    }

    @Test
    void sendsHeadsAtOnceOnANewLink() {
        agent.receive(Samples.launch("t1"));
        keepAlive(Duration.ofSeconds(100));
        agent.breakLink().forgetEffects();

        agent.connect().welcome();
        assertThat(agent.updates()).isEmpty();
        agent.confirm(Samples.AGENT);

        assertThat(agent.updates()).hasSize(1);
    }

    @Test
    void keepsUpdatesWhileThereIsNoLink() {
        agent.receive(Samples.launch("t1"));
        agent.breakLink().forgetEffects();
        agent.apply(new AgentInput.TaskStarted(Samples.key("t1"), 1));
        agent.apply(new AgentInput.TaskExited(Samples.key("t1"), new ExitStatus.Code(0)));
        assertThat(agent.updates()).isEmpty();

        agent.register();
        agent.receive(Samples.acknowledge(agent.lastStatus()));
        agent.receive(Samples.acknowledge(agent.lastStatus()));
        agent.receive(Samples.acknowledge(agent.lastStatus()));

        assertThat(agent.statuses())
                .extracting(TaskStatus::getState)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    }
}
