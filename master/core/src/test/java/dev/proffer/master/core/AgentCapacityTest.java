package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Agents that cannot offer all that they were configured to, or no longer. */
class AgentCapacityTest {
    private static final Duration ROUND = Duration.ofMillis(1_100);
    private static final Problem NO_HOLDER = Problem.newBuilder()
            .setName("NoHolder")
            .setMessage("no pod holds a share of this node: start one")
            .build();

    private final MasterScenario master = new MasterScenario(
            1, MasterConfig.DEFAULTS, new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));

    private TestAgent agent(String resources) {
        var agent = master.agent(resources);
        for (var type : List.of(
                AgentInfo.Capability.Type.MULTI_ROLE,
                AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                AgentInfo.Capability.Type.RESERVATION_REFINEMENT)) {
            agent.hello().addCapabilitiesBuilder().setType(type);
        }
        return agent;
    }

    private TestScheduler offered() {
        var scheduler = master.subscribed();
        master.advance(ROUND);
        return scheduler;
    }

    private static double cpus(Offer offer) {
        return offer.getResourcesList().stream()
                .filter(resource -> resource.getName().equals("cpus"))
                .mapToDouble(resource -> resource.getScalar().getValue())
                .sum();
    }

    private Resources total() {
        return master.snapshot().agents().getFirst().total();
    }

    @Test
    void agentThatRegistersWithAProblemIsShownWithIt() {
        var agent = agent("");
        agent.hello().addProblems(NO_HOLDER);
        agent.register();

        assertThat(offered().offers()).isEmpty();
        assertThat(master.snapshot().agents().getFirst().problems()).containsExactly(NO_HOLDER);
    }

    @Test
    void whatComesBackIsOffered() {
        var agent = agent("").register();
        var scheduler = offered();

        agent.changeCapacity("cpus:2;mem:512");
        master.advance(ROUND);

        assertThat(cpus(scheduler.lastOffer())).isEqualTo(2);
        assertThat(master.snapshot().agents().getFirst().problems()).isEmpty();
    }

    /** Mesos: MasterTest, UpdateSlaveMessageWithPendingOffers. */
    @Test
    void offersOfAnAgentThatShrinksAreRescinded() {
        var agent = agent("cpus:4;mem:512").register();
        var scheduler = offered();
        var before = scheduler.lastOffer();

        agent.changeCapacity("cpus:1;mem:512", NO_HOLDER);
        master.advance(ROUND);

        assertThat(scheduler.events(Event.Type.RESCIND))
                .singleElement()
                .satisfies(event -> assertThat(event.getRescind().getOfferId()).isEqualTo(before.getId()));
        assertThat(cpus(scheduler.lastOffer())).isEqualTo(1);
    }

    @Test
    void otherProblemWithTheSameResourcesRescindsNothing() {
        var agent = agent("cpus:4;mem:512").register();
        var scheduler = offered();

        agent.changeCapacity("cpus:4;mem:512", NO_HOLDER);

        assertThat(scheduler.events(Event.Type.RESCIND)).isEmpty();
        assertThat(master.snapshot().agents().getFirst().problems()).containsExactly(NO_HOLDER);
    }

    @Test
    void tasksOfAnAgentWithoutCapacityGoOnAndFreeNothing() {
        var agent = agent("cpus:4;mem:512").register();
        var scheduler = offered();
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:3;mem:128"));
        agent.report("t1", TaskState.TASK_RUNNING);
        scheduler.forget();

        agent.changeCapacity("", NO_HOLDER);
        agent.report("t1", TaskState.TASK_FINISHED);
        scheduler.acknowledge(scheduler.lastUpdate());
        master.advance(ROUND.multipliedBy(10));

        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_FINISHED);
        assertThat(scheduler.offers()).isEmpty();

        agent.changeCapacity("cpus:4;mem:512");
        master.advance(ROUND);
        assertThat(cpus(scheduler.lastOffer())).isEqualTo(4);
    }

    @Test
    void reservationsAreSetAsideAgainWhenCapacityReturns() {
        var agent = agent("cpus:4;mem:512").register();
        master.apply(new MasterInput.PolicyChanged(Policy.OPEN.withReservations(List.of(new DeclaredReservation(
                "r", new RolePath("eng"), Quantities.parse("cpus:2"), AgentSelector.ALL, OptionalInt.empty())))));
        master.advance(ROUND);
        assertThat(total().reserved().scalars()).isEqualTo(Quantities.parse("cpus:2"));

        agent.changeCapacity("", NO_HOLDER);
        master.advance(ROUND);
        assertThat(total()).isEqualTo(Resources.EMPTY);

        agent.changeCapacity("cpus:4;mem:512");
        master.advance(ROUND);
        assertThat(total().reserved().scalars()).isEqualTo(Quantities.parse("cpus:2"));
    }

    @Test
    void registryIsToldOfProblems() {
        var agent = agent("cpus:4;mem:512").register();
        agent.changeCapacity("", NO_HOLDER);

        var stored = master.stored(agent.id()).orElseThrow();
        assertThat(stored.problems()).containsExactly(NO_HOLDER);
        assertThat(stored.info().getResourcesList()).isEmpty();
    }
}
