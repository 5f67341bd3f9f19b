package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.allocator.Limits;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.RegistryConfig;
import dev.proffer.master.core.registry.RemovalRate;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.model.AgentId;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a master makes of agents that the registry knows from the terms before its own. */
class RecoveryTest {
    private static final Instant LONG_AGO = Instant.parse("2025-12-24T00:00:00Z");

    private final MasterScenario master = new MasterScenario(2, MasterConfig.DEFAULTS);

    private static RegisteredAgent known(String id, Standing standing) {
        var info = AgentInfo.newBuilder().setHostname("host-" + id).setPort(5051);
        info.getIdBuilder().setValue(id);
        return new RegisteredAgent(
                new AgentId(id),
                info.build(),
                Optional.empty(),
                "1",
                standing,
                LONG_AGO,
                Optional.empty(),
                AgentPolicy.NONE,
                NodeState.USUAL);
    }

    private void read(MasterScenario scenario, RegisteredAgent... agents) {
        scenario.apply(new MasterInput.RegistryRead(List.of(agents)));
    }

    private static TestAgent claiming(MasterScenario scenario, String id) {
        var agent = scenario.agent("cpus:2");
        agent.info().setHostname("host-" + id).getIdBuilder().setValue(id);
        return agent;
    }

    private static TestScheduler partitionAware(MasterScenario scenario) {
        return scenario.subscribed(info -> info.addCapabilities(
                FrameworkInfo.Capability.newBuilder().setType(FrameworkInfo.Capability.Type.PARTITION_AWARE)));
    }

    /** As in Mesos' MasterTest.RecoveredSlaves. */
    @Test
    void agentsOfTheRegistryAreRecoveredUntilTheyRegisterAgain() {
        read(master, known("m0-S0", Standing.ADMITTED), known("m0-S1", Standing.ADMITTED));
        assertThat(master.snapshot().recoveredAgents()).hasSize(2);

        claiming(master, "m0-S0").register();

        assertThat(master.snapshot().recoveredAgents())
                .extracting(RegisteredAgent::id)
                .containsExactly(new AgentId("m0-S1"));
        assertThat(master.snapshot().agents()).hasSize(1);
        assertThat(master.snapshot().counters().count(Counter.AGENTS_REREGISTERED))
                .isEqualTo(1);
    }

    @Test
    void anAgentThatCameBeforeTheRegistryWasReadIsKnownBetter() {
        var agent = claiming(master, "m0-S0").register();

        read(master, known("m0-S0", Standing.UNREACHABLE));

        assertThat(master.snapshot().unreachableAgents()).isEmpty();
        assertThat(master.snapshot().agents()).hasSize(1);
        assertThat(agent.hangUps()).isEmpty();
    }

    /** As in Mesos' MasterTest.RecoveredSlaveDoesNotReregister. */
    @Test
    void recoveredAgentsThatDoNotComeBackIn10MinutesAreUnreachable() {
        read(master, known("m0-S0", Standing.ADMITTED));
        var scheduler = partitionAware(master);

        master.advance(Duration.ofSeconds(599));
        assertThat(master.snapshot().recoveredAgents()).hasSize(1);
        master.advance(Duration.ofSeconds(1));

        assertThat(master.snapshot().recoveredAgents()).isEmpty();
        var lost = master.snapshot().unreachableAgents().getFirst();
        assertThat(lost.standing()).isEqualTo(Standing.UNREACHABLE);
        assertThat(lost.since()).isEqualTo(master.now().wall());
        assertThat(scheduler.events(Event.Type.FAILURE)).hasSize(1);
    }

    /** As in Mesos' MasterTest.RateLimitRecoveredSlaveRemoval. */
    @Test
    void recoveredAgentsAreGivenUpNoFasterThanTheRemovalRate() {
        var slow = slow();
        read(
                slow,
                known("m0-S0", Standing.ADMITTED),
                known("m0-S1", Standing.ADMITTED),
                known("m0-S2", Standing.ADMITTED));

        slow.advance(Duration.ofMinutes(10));
        assertThat(slow.snapshot().unreachableAgents()).hasSize(1);
        slow.advance(Duration.ofMinutes(1));
        assertThat(slow.snapshot().unreachableAgents()).hasSize(2);
    }

    /** As in Mesos' MasterTest.CancelRecoveredSlaveRemoval. */
    @Test
    void whoComesBackWhileItWaitsToBeGivenUpStays() {
        var slow = slow();
        read(slow, known("m0-S0", Standing.ADMITTED), known("m0-S1", Standing.ADMITTED));
        slow.advance(Duration.ofMinutes(10));

        claiming(slow, "m0-S1").register();
        slow.advance(Duration.ofMinutes(5));

        assertThat(slow.snapshot().unreachableAgents()).hasSize(1);
        assertThat(slow.snapshot().agents()).hasSize(1);
    }

    /** As in Mesos' SlaveTest.RateLimitSlaveShutdown and SlaveTest.CancelSlaveRemoval. */
    @Test
    void silentAgentsAreGivenUpNoFasterThanTheRemovalRate() {
        var slow = slow();
        var first = slow.registered("cpus:1");
        var second = slow.registered("cpus:1");
        var third = slow.registered("cpus:1");
        List.of(first, second, third).forEach(agent -> agent.answerPings(false));

        slow.advance(Duration.ofSeconds(75));
        assertThat(slow.snapshot().unreachableAgents()).hasSize(1);
        second.answerPings(true);
        slow.advance(Duration.ofSeconds(60));

        assertThat(slow.snapshot().unreachableAgents())
                .extracting(RegisteredAgent::id)
                .containsExactly(first.id(), third.id());
        assertThat(slow.snapshot().connectedAgents()).isEqualTo(1);
    }

    private static MasterScenario slow() {
        var defaults = RegistryConfig.DEFAULTS;
        var rate = Optional.of(new RemovalRate(1, Duration.ofMinutes(1)));
        return new MasterScenario(
                2,
                MasterConfig.DEFAULTS.with(new RegistryConfig(
                        defaults.reregisterTimeout(),
                        rate,
                        defaults.recoveryFactor(),
                        defaults.recoveryTimeout(),
                        defaults.nodeLostTimeout(),
                        defaults.maxAge())));
    }

    @Test
    void anAgentThatWasUnreachableInTheTermBeforeIsUnreachableStill() {
        read(master, known("m0-S0", Standing.UNREACHABLE));
        var scheduler = partitionAware(master);

        scheduler.reconcile("t1", Optional.of("m0-S0"));
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(scheduler.lastUpdate().getUnreachableTime().getNanoseconds())
                .isEqualTo(LONG_AGO.getEpochSecond() * 1_000_000_000L);

        claiming(master, "m0-S0").register();
        assertThat(master.snapshot().unreachableAgents()).isEmpty();
        assertThat(master.snapshot().agents()).hasSize(1);
    }

    /** As in Mesos' ReconciliationTest.RecoveredAgent. */
    @Test
    void tasksOnRecoveredAgentsGetNoAnswer() {
        read(master, known("m0-S0", Standing.ADMITTED), known("m0-S1", Standing.UNREACHABLE));
        var scheduler = partitionAware(master);
        master.advance(Duration.ofMinutes(2));

        scheduler.reconcile("t1", Optional.of("m0-S0"));
        scheduler.reconcile("t1", Optional.empty());
        assertThat(scheduler.updates()).isEmpty();

        scheduler.reconcile("t1", Optional.of("m0-S9"));
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNKNOWN);
        master.advance(Duration.ofMinutes(8));
        scheduler.reconcile("t1", Optional.of("m0-S0"));
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_UNREACHABLE);
    }

    /** As in Mesos' MasterTest.MarkAgentGoneIsPersistent, the agent's part. */
    @Test
    void anAgentThatIsGoneIsRefusedForGood() {
        read(master, known("m0-S0", Standing.GONE));
        var agent = claiming(master, "m0-S0").register();

        var refused = agent.frames(BodyCase.REFUSED).getFirst().getRefused();
        assertThat(refused.getPermanent()).isTrue();
        assertThat(refused.getReason()).contains("gone");
        assertThat(agent.hangUps()).hasSize(1);
        assertThat(master.snapshot().agents()).isEmpty();
        assertThat(master.snapshot().goneAgents()).hasSize(1);
    }

    @Test
    void tasksOnAnAgentThatIsGoneAreGoneByTheOperator() {
        read(master, known("m0-S0", Standing.GONE));
        var aware = partitionAware(master);
        var old = master.subscribed();

        aware.reconcile("t1", Optional.of("m0-S0"));
        old.reconcile("t1", Optional.of("m0-S0"));

        assertThat(aware.lastUpdate().getState()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(old.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void newAgentsGetIdsThatTheRegistryDoesNotKnow() {
        read(master, known("m1-S0", Standing.GONE), known("m1-S1", Standing.ADMITTED));

        assertThat(master.registered("cpus:1").id().value()).isEqualTo("m1-S2");
    }

    private static MasterScenario fair() {
        return new MasterScenario(
                2, MasterConfig.DEFAULTS, new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1)));
    }

    private static final Policy WITH_QUOTA =
            Policy.OPEN.withQuota(new RolePath("eng"), new DeclaredQuota(Quantities.parse("cpus:1"), Limits.NONE));

    /** As in Mesos' HierarchicalAllocatorTest.RecoverNoQuota and its fellows, but for when the policy arrives. */
    @Test
    void whereQuotaIsSetOffersWaitForMostOfTheKnownAgents() {
        var fair = fair();
        read(
                fair,
                known("m0-S0", Standing.ADMITTED),
                known("m0-S1", Standing.ADMITTED),
                known("m0-S2", Standing.ADMITTED),
                known("m0-S3", Standing.ADMITTED),
                known("m0-S4", Standing.ADMITTED));
        claiming(fair, "m0-S0").register();
        fair.apply(new MasterInput.PolicyChanged(WITH_QUOTA));
        var scheduler = fair.subscribed();

        claiming(fair, "m0-S1").register();
        claiming(fair, "m0-S2").register();
        fair.advance(Duration.ofSeconds(50));
        assertThat(scheduler.offers()).isEmpty();

        claiming(fair, "m0-S3").register();
        fair.advance(Duration.ofSeconds(1));
        assertThat(scheduler.offers()).isNotEmpty();
    }

    @Test
    void offersWaitNoLongerThanAMinute() {
        var fair = fair();
        read(
                fair,
                known("m0-S0", Standing.ADMITTED),
                known("m0-S1", Standing.ADMITTED),
                known("m0-S2", Standing.ADMITTED));
        fair.apply(new MasterInput.PolicyChanged(WITH_QUOTA));
        var scheduler = fair.subscribed();
        fair.registered("cpus:8");

        fair.advance(Duration.ofSeconds(59));
        assertThat(scheduler.offers()).isEmpty();
        fair.advance(Duration.ofSeconds(2));

        assertThat(scheduler.offers()).isNotEmpty();
    }

    @Test
    void quotaThatIsSetLaterInTheTermHoldsUpNothing() {
        var fair = fair();
        read(fair, known("m0-S0", Standing.ADMITTED), known("m0-S1", Standing.ADMITTED));
        fair.apply(new MasterInput.PolicyChanged(Policy.OPEN));
        fair.apply(new MasterInput.PolicyChanged(WITH_QUOTA));
        fair.registered("cpus:8");

        var scheduler = fair.subscribed();
        fair.advance(Duration.ofSeconds(1));

        assertThat(scheduler.offers()).isNotEmpty();
    }
}
