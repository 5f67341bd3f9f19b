package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.policy.AgentSelector;
import dev.proffer.master.core.policy.DeclaredReservation;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.Attribute;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reservations that administrators declare. */
class ReservationTest {
    private static final String AGENT = "cpus:4;mem:1024";
    private static final Duration ROUND = Duration.ofMillis(1100);

    private final MasterScenario master = master(1);

    private static MasterScenario master(long term) {
        return new MasterScenario(
                term,
                MasterConfig.DEFAULTS,
                new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));
    }

    private static TestAgent registered(MasterScenario master) {
        return register(master.agent(AGENT));
    }

    private static TestAgent register(TestAgent agent) {
        agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.MULTI_ROLE);
        agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.HIERARCHICAL_ROLE);
        agent.hello().addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.RESERVATION_REFINEMENT);
        return agent.register();
    }

    private static void apply(MasterScenario master, Policy policy) {
        master.apply(new MasterInput.PolicyChanged(policy));
        master.advance(ROUND);
    }

    private static Policy reserving(DeclaredReservation... reservations) {
        return Policy.OPEN.withReservations(List.of(reservations));
    }

    private static DeclaredReservation reservation(String name, AgentSelector selector) {
        return new DeclaredReservation(
                name, new RolePath("eng"), Quantities.parse("cpus:2"), selector, OptionalInt.empty());
    }

    private static DeclaredReservation counted(String name, int count) {
        return new DeclaredReservation(
                name, new RolePath("eng"), Quantities.parse("cpus:2"), AgentSelector.ALL, OptionalInt.of(count));
    }

    private static TestScheduler subscribed(MasterScenario master, String role) {
        var scheduler = master.subscribed(info -> {
            info.addRoles(role);
            info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.MULTI_ROLE);
            info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT);
        });
        master.advance(ROUND);
        return scheduler;
    }

    private static double cpus(Offer offer, boolean reserved) {
        return offer.getResourcesList().stream()
                .filter(resource ->
                        resource.getName().equals("cpus") && reserved == resource.getReservationsCount() > 0)
                .mapToDouble(resource -> resource.getScalar().getValue())
                .sum();
    }

    private static ReservationSnapshot only(MasterScenario master) {
        return master.snapshot().policy().reservations().getFirst();
    }

    /** Of the agent's total. */
    private static Resources reserved(MasterScenario master, TestAgent agent) {
        return master.snapshot().agents().stream()
                .filter(each -> each.id().equals(agent.id()))
                .findFirst()
                .orElseThrow()
                .total()
                .reserved();
    }

    /** A task on all cpus of the offer that are reserved, or that are not. */
    private static TaskInfo taskOn(String id, Offer offer, boolean reserved) {
        var task = TaskInfo.newBuilder().setName(id).setAgentId(offer.getAgentId());
        task.getTaskIdBuilder().setValue(id);
        task.getCommandBuilder().setValue("sleep");
        offer.getResourcesList().stream()
                .filter(resource ->
                        resource.getName().equals("cpus") && reserved == resource.getReservationsCount() > 0)
                .map(resource -> Resource.newBuilder(resource).clearAllocationInfo())
                .forEach(task::addResources);
        return task.build();
    }

    @Test
    void theRoleAndThoseBelowItSeeWhatIsReserved() {
        registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));

        var other = subscribed(master, "ops");
        assertThat(cpus(other.lastOffer(), false)).isEqualTo(2);
        assertThat(cpus(other.lastOffer(), true)).isZero();

        var below = subscribed(master, "eng/web");
        assertThat(cpus(below.lastOffer(), true)).isEqualTo(2);
        assertThat(only(master).bound()).isEqualTo(1);
        assertThat(only(master).desired()).isEqualTo(1);
    }

    @Test
    void tasksRunOnWhatIsReserved() {
        var agent = registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        var scheduler = subscribed(master, "eng");

        scheduler.launch(scheduler.lastOffer(), taskOn("t1", scheduler.lastOffer(), true));

        assertThat(scheduler.updates()).isEmpty();
        agent.report("t1", TaskState.TASK_RUNNING);
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void agentsThatComeLaterAreReservedBeforeTheyAreOffered() {
        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        var other = subscribed(master, "ops");

        registered(master);
        master.advance(ROUND);

        assertThat(cpus(other.lastOffer(), false)).isEqualTo(2);
    }

    @Test
    void onlyTheAgentsThatAreSelectedCount() {
        registered(master);
        var racked = master.agent(AGENT);
        racked.info()
                .addAttributes(Attribute.newBuilder()
                        .setName("rack")
                        .setType(Value.Type.TEXT)
                        .setText(Value.Text.newBuilder().setValue("r7")));
        register(racked);
        var named = registered(master);

        apply(
                master,
                reserving(
                        reservation("by-attribute", AgentSelector.withAttribute("rack", "r7")),
                        reservation("by-id", AgentSelector.only(named.id())),
                        reservation(
                                "by-hostname",
                                AgentSelector.withHostname(racked.info().getHostname()))));

        assertThat(master.snapshot().policy().reservations())
                .extracting(ReservationSnapshot::agents)
                .containsExactly(List.of(racked.id()), List.of(named.id()), List.of(racked.id()));
    }

    @Test
    void theOlderReservationHasWhatDoesNotSufficeForAll() {
        registered(master);

        apply(master, reserving(counted("a", 1), counted("b", 1), counted("c", 1)));

        assertThat(master.snapshot().policy().reservations())
                .extracting(ReservationSnapshot::bound)
                .containsExactly(1, 1, 0);
        assertThat(master.snapshot().policy().reservations())
                .extracting(ReservationSnapshot::desired)
                .containsExactly(1, 1, 1);
    }

    // As it becomes free

    @Test
    void offersInTheWayAreRescinded() {
        registered(master);
        var other = subscribed(master, "ops");
        var whole = other.lastOffer();

        apply(master, reserving(reservation("r", AgentSelector.ALL)));

        assertThat(other.rescinded()).containsExactly(whole.getId());
        assertThat(only(master).bound()).isEqualTo(1);
        master.advance(Duration.ofSeconds(2));
        assertThat(cpus(other.lastOffer(), false)).isEqualTo(2);
    }

    @Test
    void whatTasksUseIsReservedWhenTheyEnd() {
        var agent = registered(master);
        var other = subscribed(master, "ops");
        other.launch(other.lastOffer(), Tasks.task("t1", other.lastOffer(), "cpus:3"));
        agent.report("t1", TaskState.TASK_RUNNING);

        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        assertThat(reserved(master, agent).scalars()).isEqualTo(Quantities.parse("cpus:1"));
        assertThat(only(master).bound()).isZero();

        agent.report("t1", TaskState.TASK_FINISHED);
        master.advance(ROUND);

        assertThat(reserved(master, agent).scalars()).isEqualTo(Quantities.parse("cpus:2"));
        assertThat(only(master).bound()).isEqualTo(1);
    }

    // Deleted

    @Test
    void whatADeletedReservationSetAsideIsEverybodysAgain() {
        var agent = registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        var scheduler = subscribed(master, "eng");
        var offer = scheduler.lastOffer();

        apply(master, reserving());

        assertThat(scheduler.rescinded()).containsExactly(offer.getId());
        assertThat(reserved(master, agent)).isEqualTo(Resources.EMPTY);
        assertThat(master.snapshot().policy().reservations()).isEmpty();
        master.advance(Duration.ofSeconds(2));
        assertThat(cpus(scheduler.lastOffer(), false)).isEqualTo(4);
    }

    @Test
    void whatIsInUseIsGivenBackWhenItsTaskEnds() {
        var agent = registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        var scheduler = subscribed(master, "eng");
        scheduler.launch(scheduler.lastOffer(), taskOn("t1", scheduler.lastOffer(), true));
        agent.report("t1", TaskState.TASK_RUNNING);

        apply(master, reserving());
        assertThat(reserved(master, agent).scalars()).isEqualTo(Quantities.parse("cpus:2"));

        agent.report("t1", TaskState.TASK_FINISHED);
        master.advance(ROUND);
        assertThat(reserved(master, agent)).isEqualTo(Resources.EMPTY);
    }

    @Test
    void aSmallerReservationGivesTheRestBack() {
        var agent = registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));

        apply(
                master,
                reserving(new DeclaredReservation(
                        "r",
                        new RolePath("eng"),
                        Quantities.parse("cpus:1;mem:64"),
                        AgentSelector.ALL,
                        OptionalInt.empty())));

        assertThat(reserved(master, agent).scalars()).isEqualTo(Quantities.parse("cpus:1;mem:64"));
    }

    // Which agents

    private static List<AgentId> boundTo(long term, int count, List<Integer> order) {
        var master = master(term);
        apply(master, reserving(counted("r", count)));
        for (int number : order) {
            var agent = master.agent(AGENT);
            agent.info().getIdBuilder().setValue("m0-S" + number);
            register(agent);
            master.advance(ROUND);
        }
        return only(master).agents().stream().sorted().toList();
    }

    @Test
    void aNewMasterChoosesTheSameAgentsInWhicheverOrderTheyReturn() {
        assertThat(boundTo(2, 2, List.of(0, 1, 2, 3, 4, 5)))
                .hasSize(2)
                .isEqualTo(boundTo(2, 2, List.of(5, 3, 1, 0, 4, 2)))
                .isEqualTo(boundTo(2, 2, List.of(2, 4, 0, 5, 1, 3)));
    }

    @Test
    void whoIsChosenStaysChosenThoughOthersCome() {
        var first = registered(master);
        apply(master, reserving(counted("r", 1)));

        for (int i = 0; i < 10; i++) {
            registered(master);
            master.advance(ROUND);
        }

        assertThat(only(master).agents()).containsExactly(first.id());
    }

    @Test
    void fewerAgentsLeaveSomeOfThoseThatWereChosen() {
        for (int i = 0; i < 6; i++) {
            registered(master);
        }
        apply(master, reserving(counted("r", 4)));
        var before = only(master).agents();

        apply(master, reserving(counted("r", 2)));

        assertThat(before).containsAll(only(master).agents());
        assertThat(only(master).bound()).isEqualTo(2);
    }

    @Test
    void anotherAgentTakesThePlaceOfOneThatIsLost() {
        var agents = new ArrayList<TestAgent>();
        for (int i = 0; i < 3; i++) {
            agents.add(registered(master));
        }
        apply(master, reserving(counted("r", 1)));
        var chosen = only(master).agents().getFirst();

        agents.stream().filter(agent -> agent.id().equals(chosen)).forEach(TestAgent::unregister);
        master.advance(ROUND);

        assertThat(only(master).bound()).isEqualTo(1);
        assertThat(only(master).agents()).doesNotContain(chosen);
    }

    /** Whichever of the two agents the hash prefers. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aNewMasterFindsTheReservationWhereItIsInUse(int inUse) {
        var selected = master.agent(AGENT);
        selected.info().getIdBuilder().setValue("m0-S" + inUse);
        register(selected);
        apply(master, reserving(counted("r", 1)));
        var scheduler = subscribed(master, "eng");
        scheduler.launch(scheduler.lastOffer(), taskOn("t1", scheduler.lastOffer(), true));
        selected.report("t1", TaskState.TASK_RUNNING);

        var next = master(2);
        apply(next, reserving(counted("r", 1)));
        var other = next.agent(AGENT);
        other.info().getIdBuilder().setValue("m0-S" + (1 - inUse));
        register(other);
        next.advance(ROUND);
        var returned = next.agent(AGENT);
        returned.hello().setInfo(selected.info());
        returned.dial();
        returned.inventory(selected.inventory().setLast(true).build());
        next.advance(ROUND);

        assertThat(only(next).agents()).containsExactly(selected.id());
        assertThat(reserved(next, other)).isEqualTo(Resources.EMPTY);
    }

    @Test
    void anAgentThatRegistersAgainKeepsItsReservation() {
        var agent = registered(master);
        apply(master, reserving(reservation("r", AgentSelector.ALL)));
        var scheduler = subscribed(master, "eng");
        scheduler.launch(scheduler.lastOffer(), taskOn("t1", scheduler.lastOffer(), true));

        agent.disconnect();
        agent.register();
        master.advance(ROUND);

        assertThat(reserved(master, agent).scalars()).isEqualTo(Quantities.parse("cpus:2"));
        assertThat(only(master).bound()).isEqualTo(1);
    }
}
