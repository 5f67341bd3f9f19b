package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Agents that are deactivated, drained, cordoned or declared gone. */
class DrainTest {
    private static final AgentPolicy DEACTIVATED = new AgentPolicy(true, Optional.empty(), Optional.empty());
    private static final AgentPolicy AT_ONCE = draining(Duration.ZERO, Optional.empty(), false);

    private final MasterScenario master = new MasterScenario();

    private static AgentPolicy draining(Duration after, Optional<Duration> grace, boolean markGone) {
        return new AgentPolicy(false, Optional.of(new Drain(after, grace, markGone)), Optional.empty());
    }

    private void wish(TestAgent agent, AgentPolicy policy) {
        master.apply(new MasterInput.AgentPolicyChanged(agent.id(), policy));
    }

    private void launch(TestScheduler scheduler, String id, Optional<Duration> grace) {
        var offer = scheduler.lastOffer();
        var info = task(id, offer, "cpus:1").toBuilder();
        grace.ifPresent(
                own -> info.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(own.toNanos()));
        scheduler.launch(offer, info.build());
    }

    private TestScheduler partitionAware() {
        return master.subscribed(info -> info.addCapabilities(
                FrameworkInfo.Capability.newBuilder().setType(FrameworkInfo.Capability.Type.PARTITION_AWARE)));
    }

    private Draining progress(TestAgent agent) {
        return master.stored(agent.id()).orElseThrow().draining().orElseThrow();
    }

    private static List<KillTask> kills(TestAgent agent) {
        return agent.frames(BodyCase.KILL_TASK).stream()
                .map(MasterFrame::getKillTask)
                .toList();
    }

    /** As in Mesos' MasterTest.DeactivateAgent... and MasterDrainingTest's deactivation: tasks go on, offers do not. */
    @Test
    void aDeactivatedAgentKeepsItsTasksAndGetsNoOffers() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        master.advance(Duration.ofSeconds(6));
        assertThat(scheduler.offers()).hasSize(2);

        wish(agent, DEACTIVATED);
        master.advance(Duration.ofMinutes(1));

        assertThat(scheduler.rescinded())
                .containsExactly(scheduler.offers().get(1).getId());
        assertThat(scheduler.offers()).hasSize(2);
        assertThat(kills(agent)).isEmpty();
        assertThat(master.stored(agent.id()).orElseThrow().policy()).isEqualTo(DEACTIVATED);
    }

    @Test
    void anAgentThatIsReactivatedIsOfferedAgain() {
        var agent = master.registered("cpus:2");
        wish(agent, DEACTIVATED);
        var scheduler = master.subscribed();
        master.advance(Duration.ofSeconds(5));
        assertThat(scheduler.offers()).isEmpty();

        wish(agent, AgentPolicy.NONE);
        master.advance(Duration.ofSeconds(1));

        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void aDeactivatedAgentStaysSoWhenItRegistersAgain() {
        var agent = master.registered("cpus:2");
        wish(agent, DEACTIVATED);
        agent.disconnect();

        agent.register();

        assertThat(master.allocator().isActive(agent.id())).isFalse();
    }

    /** As in Mesos' MasterDrainingTest.DrainAgent. */
    @Test
    void aDrainKillsTasksAndIsDoneOnceTheirEndsAreAcknowledged() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());

        wish(agent, AT_ONCE);
        assertThat(kills(agent)).singleElement().satisfies(kill -> {
            assertThat(kill.getTaskId().getValue()).isEqualTo("t1");
            assertThat(kill.hasKillPolicy()).isFalse();
            assertThat(kill.getDraining()).isTrue();
            assertThat(kill.getMarkGone()).isFalse();
        });
        assertThat(progress(agent)).isEqualTo(new Draining(master.now().wall(), false));

        agent.report("t1", TaskState.TASK_KILLED);
        assertThat(progress(agent).done()).isFalse();
        scheduler.acknowledge(scheduler.lastUpdate());

        assertThat(progress(agent).done()).isTrue();
        assertThat(master.allocator().isActive(agent.id())).isFalse();
    }

    @Test
    void anEmptyAgentIsDrainedAtOnceAndStaysWithoutOffers() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();

        wish(agent, AT_ONCE);
        master.advance(Duration.ofMinutes(1));

        assertThat(progress(agent).done()).isTrue();
        assertThat(scheduler.rescinded()).hasSize(1);
        assertThat(scheduler.offers()).hasSize(1);

        wish(agent, AgentPolicy.NONE);
        master.advance(Duration.ofSeconds(1));
        assertThat(master.stored(agent.id()).orElseThrow().draining()).isEmpty();
        assertThat(scheduler.offers()).hasSize(2);
    }

    @Test
    void theDrainsGraceOverridesALongerOneAndThatOfTasksThatHaveNone() {
        var agent = master.registered("cpus:3");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();
        scheduler.launch(
                offer, withGrace("long", offer, 60), withGrace("short", offer, 2), task("none", offer, "cpus:1"));

        wish(agent, draining(Duration.ZERO, Optional.of(Duration.ofSeconds(10)), false));

        assertThat(kills(agent))
                .extracting(
                        kill -> kill.getTaskId().getValue(),
                        KillTask::hasKillPolicy,
                        kill -> kill.getKillPolicy().getGracePeriod().getNanoseconds())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("long", true, 10_000_000_000L),
                        org.assertj.core.groups.Tuple.tuple("short", false, 0L),
                        org.assertj.core.groups.Tuple.tuple("none", true, 10_000_000_000L));
    }

    private static TaskInfo withGrace(String id, dev.proffer.protocol.v1.Offer offer, long seconds) {
        var info = task(id, offer, "cpus:1").toBuilder();
        info.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(seconds * 1_000_000_000L);
        return info.build();
    }

    @Test
    void frameworksHaveTheTimeThatTheDrainGivesThemToLeave() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        var begun = master.now().wall();

        wish(agent, draining(Duration.ofMinutes(5), Optional.empty(), false));
        assertThat(master.allocator().unavailability(agent.id()).orElseThrow().start())
                .isEqualTo(begun.plus(Duration.ofMinutes(5)));
        master.advance(Duration.ofSeconds(299));
        assertThat(kills(agent)).isEmpty();
        master.advance(Duration.ofSeconds(1));

        assertThat(kills(agent)).hasSize(1);
    }

    @Test
    void aDrainThatIsTakenBackInTimeKillsNothing() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        wish(agent, draining(Duration.ofMinutes(5), Optional.empty(), false));

        wish(agent, AgentPolicy.NONE);
        master.advance(Duration.ofMinutes(10));

        assertThat(kills(agent)).isEmpty();
        assertThat(master.allocator().unavailability(agent.id())).isEmpty();
    }

    /** As in Mesos' MasterDrainingTest.DrainAgentUnreachable: it is told when it is back. */
    @Test
    void anUnreachableAgentIsDrainedWhenItReturns() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        agent.report("t1", TaskState.TASK_RUNNING);
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(75));

        wish(agent, AT_ONCE);
        agent.answerPings(true);
        agent.register();

        assertThat(kills(agent)).hasSize(1);
        assertThat(progress(agent).done()).isFalse();
    }

    /** As in Mesos' MasterDrainingTest.DrainAgentDisconnected. */
    @Test
    void aDisconnectedAgentIsToldAgainWhenItRegisters() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        agent.disconnect();
        wish(agent, AT_ONCE);
        assertThat(kills(agent)).isEmpty();

        agent.register();

        assertThat(kills(agent)).hasSize(1);
    }

    /** As in Mesos' MasterDrainingTest.DrainAgentMarkGone. */
    @Test
    void aDrainedAgentIsGoneOnceThatIsStored() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());
        wish(agent, draining(Duration.ZERO, Optional.empty(), true));
        agent.report("t1", TaskState.TASK_KILLED);
        scheduler.acknowledge(scheduler.lastUpdate());

        assertThat(master.stored(agent.id()).orElseThrow().standing()).isEqualTo(Standing.GONE);
        assertThat(agent.frames(BodyCase.REFUSED)).isEmpty();
        assertThat(master.snapshot().agents()).hasSize(1);

        master.apply(new MasterInput.AgentMarked(agent.id()));

        assertThat(agent.frames(BodyCase.REFUSED).getFirst().getRefused().getPermanent())
                .isTrue();
        assertThat(agent.hangUps()).hasSize(1);
        assertThat(master.snapshot().agents()).isEmpty();
        assertThat(master.snapshot().goneAgents())
                .extracting(RegisteredAgent::id)
                .containsExactly(agent.id());
        assertThat(scheduler.events(Event.Type.FAILURE)).hasSize(1);
        assertThat(master.snapshot().counters().count(Counter.AGENTS_GONE)).isEqualTo(1);
    }

    @Test
    void aCordonedNodeIsNotOfferedAndItsTasksRunOn() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());

        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(true, false)));
        assertThat(master.allocator().isActive(agent.id())).isFalse();
        assertThat(master.allocator().unavailability(agent.id()).orElseThrow().start())
                .isEqualTo(master.now().wall());
        assertThat(kills(agent)).isEmpty();
        assertThat(master.stored(agent.id()).orElseThrow().node().cordoned()).isTrue();

        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), NodeState.USUAL));
        assertThat(master.allocator().isActive(agent.id())).isTrue();
        assertThat(master.allocator().unavailability(agent.id())).isEmpty();
    }

    @Test
    void anAgentThatRegistersOnACordonedNodeIsNotOffered() {
        var agent = master.agent("cpus:2");
        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(true, false)));
        agent.register();

        assertThat(master.allocator().isActive(agent.id())).isFalse();
    }

    /** As in Mesos' MasterTest.MarkAgentGone's partition-aware cousins, for an agent that was unreachable before. */
    @Test
    void anAgentWhoseNodeWasDeletedIsGoneAfterAWhile() {
        var agent = master.registered("cpus:2");
        var aware = partitionAware();
        launch(aware, "t1", Optional.empty());
        agent.answerPings(false);
        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(false, true)));
        master.advance(Duration.ofMinutes(9));
        assertThat(master.stored(agent.id()).orElseThrow().standing()).isEqualTo(Standing.UNREACHABLE);
        assertThat(aware.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNREACHABLE);

        master.advance(Duration.ofMinutes(1));
        assertThat(master.stored(agent.id()).orElseThrow().standing()).isEqualTo(Standing.GONE);
        assertThat(master.snapshot().unreachableAgents()).hasSize(1);
        master.apply(new MasterInput.AgentMarked(agent.id()));

        assertThat(aware.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(aware.lastUpdate().getReason()).isEqualTo(Reason.REASON_AGENT_REMOVED_BY_OPERATOR);
        assertThat(aware.events(Event.Type.FAILURE)).hasSize(1);
        assertThat(master.snapshot().goneAgents()).hasSize(1);
        assertThat(master.snapshot().frameworks().getFirst().unreachableTasks()).isEmpty();
        assertThat(master.snapshot().frameworks().getFirst().completedTasks()).hasSize(1);
    }

    @Test
    void anAgentThatSpeaksIsNotGoneWhateverIsSaidOfItsNode() {
        var agent = master.registered("cpus:2");
        var scheduler = master.subscribed();
        launch(scheduler, "t1", Optional.empty());

        master.apply(new MasterInput.NodeChanged(agent.info().getHostname(), new NodeState(false, true)));
        master.advance(Duration.ofHours(1));

        assertThat(master.snapshot().connectedAgents()).isEqualTo(1);
        assertThat(scheduler.updates()).isEmpty();
        agent.disconnect();
        master.advance(Duration.ofMinutes(20));
        assertThat(master.stored(agent.id()).orElseThrow().standing()).isEqualTo(Standing.GONE);
    }

    @Test
    void aNodeThatComesBackKeepsItsAgent() {
        var agent = master.registered("cpus:2");
        var host = agent.info().getHostname();
        agent.answerPings(false);
        master.apply(new MasterInput.NodeChanged(host, new NodeState(false, true)));
        master.advance(Duration.ofMinutes(5));

        master.apply(new MasterInput.NodeChanged(host, NodeState.USUAL));
        master.advance(Duration.ofHours(1));

        assertThat(master.stored(agent.id()).orElseThrow().standing()).isEqualTo(Standing.UNREACHABLE);
    }

    @Test
    void tasksOfAnExpelledAgentAreGoneByTheOperator() {
        var agent = master.registered("cpus:2");
        var aware = partitionAware();
        launch(aware, "t1", Optional.empty());

        master.apply(new MasterInput.AgentMarked(agent.id()));

        assertThat(aware.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(aware.lastUpdate().getReason()).isEqualTo(Reason.REASON_AGENT_REMOVED_BY_OPERATOR);
    }

    @Test
    void wishesForAgentsThatNobodyKnowsArePassedOver() {
        master.apply(new MasterInput.AgentPolicyChanged(new dev.proffer.model.AgentId("m0-S7"), AT_ONCE));
        master.apply(new MasterInput.AgentMarked(new dev.proffer.model.AgentId("m0-S7")));

        assertThat(master.effects()).isEmpty();
    }
}
