package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KillTest {
    private final MasterScenario master = new MasterScenario();
    private final TestAgent agent = master.registered("cpus:2");
    private final TestScheduler scheduler = master.subscribed();

    @BeforeEach
    void launch() {
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:2"));
        scheduler.forget();
    }

    private List<KillTask> kills() {
        return agent.frames(BodyCase.KILL_TASK).stream()
                .map(MasterFrame::getKillTask)
                .toList();
    }

    @Test
    void aKillGoesToTheAgentWithItsPolicy() {
        scheduler.kill(kill -> {
            kill.getTaskIdBuilder().setValue("t1");
            kill.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(5);
        });

        assertThat(kills()).hasSize(1);
        assertThat(kills().getFirst().getTaskId().getValue()).isEqualTo("t1");
        assertThat(kills().getFirst().getFrameworkId()).isEqualTo(scheduler.wireId());
        assertThat(kills().getFirst().getKillPolicy().getGracePeriod().getNanoseconds())
                .isEqualTo(5);
        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void everyKillGoesToTheAgent() {
        scheduler.kill("t1");
        scheduler.kill("t1");

        assertThat(kills()).hasSize(2);
        assertThat(kills().getFirst().hasKillPolicy()).isFalse();
    }

    @Test
    void aKillForAnotherAgentThanTheTasksIsIgnored() {
        scheduler.kill(kill -> {
            kill.getTaskIdBuilder().setValue("t1");
            kill.getAgentIdBuilder().setValue("m1-S9");
        });

        assertThat(kills()).isEmpty();
        assertThat(scheduler.updates()).isEmpty();
    }

    @Test
    void aKillOfAnUnknownTaskIsAnsweredLikeAReconciliation() {
        scheduler.kill(kill -> {
            kill.getTaskIdBuilder().setValue("t9");
            kill.setAgentId(agent.info().getId());
        });

        assertThat(scheduler.lastUpdate().getTaskId().getValue()).isEqualTo("t9");
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(Reason.REASON_RECONCILIATION);
    }

    @Test
    void aKillOutlivesALostLink() {
        agent.disconnect();
        scheduler.kill(kill -> {
            kill.getTaskIdBuilder().setValue("t1");
            kill.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(5);
        });
        assertThat(kills()).isEmpty();

        agent.register();

        assertThat(kills()).hasSize(1);
        assertThat(kills().getFirst().getKillPolicy().getGracePeriod().getNanoseconds())
                .isEqualTo(5);
    }

    @Test
    void aTaskThatHasEndedIsNotKilledAgain() {
        scheduler.kill("t1");
        agent.report("t1", TaskState.TASK_KILLED);
        agent.disconnect();
        agent.forget();

        agent.register();

        assertThat(kills()).isEmpty();
    }
}
