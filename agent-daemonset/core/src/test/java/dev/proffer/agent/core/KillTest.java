package dev.proffer.agent.core;

import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.PARTITION_AWARE;
import static dev.proffer.protocol.v1.FrameworkInfo.Capability.Type.TASK_KILLING_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KillTest {
    private final AgentRig agent = new AgentRig().ready();

    @Test
    void graceCountsFromTheStartWhenTheKillCameBeforeIt() {
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.frame(1, Orders.kill("t", Duration.ofSeconds(7)));
        agent.pass(Duration.ofSeconds(20));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        agent.pass(Duration.ofSeconds(6));
        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false);

        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.Kill.class))
                .extracting(AgentEffect.Kill::force)
                .containsExactly(false, true);
    }

    private void drained(boolean markGone, FrameworkInfo.Capability.Type... capabilities) {
        agent.frame(1, Orders.launch(Orders.task("t"), capabilities));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        var order = Orders.kill("t");
        order.getKillTaskBuilder().setDraining(true).setMarkGone(markGone);
        agent.frame(1, order);
    }

    private void exits() {
        while (agent.lastUpdate().getStatus().getState() != TaskState.TASK_RUNNING) {
            agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        }
        agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        agent.input(new AgentInput.TaskExited(agent.container(), new ExitStatus.Signalled(15)));
    }

    /** As in Mesos' SlaveTest.DrainAgentKillsRunningTask. */
    @Test
    void aTaskOfADrainedAgentIsKilledForThatReason() {
        drained(false, PARTITION_AWARE);
        exits();

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_AGENT_DRAINING);
    }

    /** As in Mesos' SlaveTest.DrainAgentKillsRunningTask with mark_gone. */
    @Test
    void aTaskOfAnAgentThatWillBeGoneIsGone() {
        drained(true, PARTITION_AWARE);
        exits();

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_AGENT_DRAINING);
    }

    @Test
    void thatATaskWillBeGoneIsSaidOnlyToFrameworksThatKnowTheState() {
        drained(true);
        exits();

        assertThat(agent.lastUpdate().getStatus().getState()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_AGENT_DRAINING);
    }

    @Test
    void aFrameworkHearsThatItsTaskIsBeingKilledByADrain() {
        drained(false, TASK_KILLING_STATE);
        while (agent.lastUpdate().getStatus().getState() != TaskState.TASK_KILLING) {
            agent.frame(1, Orders.acknowledge(agent.lastUpdate()));
        }

        assertThat(agent.lastUpdate().getStatus().getReason()).isEqualTo(Reason.REASON_AGENT_DRAINING);
    }
}
