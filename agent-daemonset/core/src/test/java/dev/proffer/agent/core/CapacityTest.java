package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.link.UpdateCapacity;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent says it has, and what it does while that is nothing. */
class CapacityTest {
    private static final Problem PROBLEM = Problem.newBuilder()
            .setName("NoHolder")
            .setMessage("no pod holds a share of this node: start one")
            .build();
    private static final Capacity NOTHING = new Capacity(List.of(), List.of(PROBLEM));
    private static final Capacity FOUR_CPUS = new Capacity(List.of(cpus(4)), List.of());

    private final AgentRig agent = new AgentRig();

    private static Resource cpus(double amount) {
        return Resource.newBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private void has(Capacity capacity) {
        agent.input(new AgentInput.CapacityChanged(capacity));
    }

    private List<UpdateCapacity> news() {
        return agent.sent().stream()
                .filter(AgentFrame::hasUpdateCapacity)
                .map(AgentFrame::getUpdateCapacity)
                .toList();
    }

    @Test
    void agentWithAProblemRegistersWithNothingAndSaysWhy() {
        has(NOTHING);
        agent.ready();

        var hello = agent.sent().getFirst().getHello();
        assertThat(hello.getInfo().getResourcesList()).isEmpty();
        assertThat(hello.getProblemsList()).containsExactly(PROBLEM);
        assertThat(news()).isEmpty();
        assertThat(agent.snapshot().capacity()).isEqualTo(NOTHING);
    }

    @Test
    void changeOfCapacityIsToldOnce() {
        has(NOTHING);
        agent.ready();
        has(FOUR_CPUS);
        has(FOUR_CPUS);

        assertThat(news()).singleElement().satisfies(update -> {
            assertThat(update.getResourcesList()).containsExactly(cpus(4));
            assertThat(update.getProblemsList()).isEmpty();
        });
    }

    @Test
    void changeDuringTheHandshakeIsToldAtItsEnd() {
        has(NOTHING);
        agent.started().hello();
        has(FOUR_CPUS);
        assertThat(news()).isEmpty();
        agent.registeredAfterHello(1);

        assertThat(news())
                .singleElement()
                .satisfies(update -> assertThat(update.getResourcesList()).containsExactly(cpus(4)));
    }

    @Test
    void nextMasterIsToldInTheHello() {
        has(FOUR_CPUS);
        agent.ready();
        agent.closeLink();
        has(NOTHING);
        agent.pass(Duration.ofSeconds(1));
        agent.registered(2);

        var hello = agent.sent().stream()
                .filter(AgentFrame::hasHello)
                .toList()
                .getLast()
                .getHello();
        assertThat(hello.getProblemsList()).containsExactly(PROBLEM);
        assertThat(news()).isEmpty();
    }

    @Test
    void launchThatCrossedTheNewsIsDropped() {
        agent.ready();
        has(NOTHING);
        agent.frame(1, Orders.launch(Orders.task("a"), FrameworkInfo.Capability.Type.PARTITION_AWARE));
        agent.frame(1, Orders.launch(Orders.task("b")));

        assertThat(agent.effects(AgentEffect.Launch.class)).isEmpty();
        assertThat(agent.states()).containsExactly(TaskState.TASK_DROPPED, TaskState.TASK_LOST);
        assertThat(agent.lastUpdate().getStatus().getMessage()).endsWith(PROBLEM.getMessage());
    }

    @Test
    void runningTasksAreManagedOn() {
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("a")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        has(NOTHING);
        assertThat(agent.effects(AgentEffect.Kill.class)).isEmpty();

        agent.frame(1, Orders.kill("a"));
        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
    }

    /** An agent that was given less than it was told to offer, but something. */
    @Test
    void limitedAgentLaunches() {
        has(new Capacity(List.of(cpus(1)), List.of(PROBLEM)));
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("a")));

        assertThat(agent.effects(AgentEffect.Launch.class)).hasSize(1);
    }
}
