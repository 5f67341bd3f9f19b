package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

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
}
