package dev.proffer.master.core;

import static dev.proffer.master.core.scenario.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.scenario.TestAgent;
import dev.proffer.master.core.scenario.TestScheduler;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.MasterFrame.BodyCase;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a master does, and leaves alone, while another one may act. */
class HeldBackTest {
    private static final Duration RENEWED = Duration.ofSeconds(10);

    private final MasterScenario master = MasterScenario.justElected(8);

    @Test
    void newMasterOffersNothingBeforeItKnowsTheRegistry() {
        renew();
        var scheduler = master.subscribed();
        master.registered("cpus:2;mem:512");
        assertThat(scheduler.offers()).isEmpty();

        master.apply(new MasterInput.RegistryRead(List.of()));

        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void newMasterOffersWhenHalfOfTheAgentsAreFreeOfTheOldOne() {
        renew();
        master.apply(new MasterInput.RegistryRead(List.of(known("m0-S0"), known("m0-S1"), known("m0-S2"))));
        var scheduler = master.subscribed();
        claiming("m0-S0", Duration.ofSeconds(15)).register();
        claiming("m0-S1", Duration.ofSeconds(6)).register();
        assertThat(scheduler.offers()).isEmpty();

        advanceRenewed(Duration.ofSeconds(8));
        assertThat(scheduler.offers()).isEmpty();
        advanceRenewed(Duration.ofSeconds(1));

        assertThat(scheduler.offers()).hasSize(2);
    }

    @Test
    void registryIsNotWrittenToBeforeThat() {
        renew();
        master.apply(new MasterInput.RegistryRead(List.of(known("m0-S0"))));
        var stranger = master.registered("cpus:2;mem:512");
        assertThat(master.stored(stranger.id())).isEmpty();

        claiming("m0-S0", Duration.ofMinutes(1)).register();

        assertThat(master.stored(stranger.id())).isPresent();
        assertThat(master.stored(new AgentId("m0-S0"))).isPresent();
    }

    @Test
    void agentsWhoseNodeIsDeletedAreNotWaitedFor() {
        renew();
        master.apply(new MasterInput.RegistryRead(List.of(known("m0-S0"), known("m0-S1"), known("m0-S2"))));
        var scheduler = master.subscribed();
        claiming("m0-S0", Duration.ofMinutes(1)).register();
        assertThat(scheduler.offers()).isEmpty();

        master.apply(new MasterInput.NodeChanged("host-m0-S2", new NodeState(false, /* deleted= */ true)));

        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void agentThatTheRegistryRemembersWithoutItsNodeIsNotWaitedFor() {
        renew();
        master.apply(new MasterInput.RegistryRead(List.of(known("m0-S0").with(new NodeState(false, true)))));
        var scheduler = master.subscribed();
        master.registered("cpus:2;mem:512");

        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void offersGoOnWithoutTheApiServerWhileMostAgentsAnswer() {
        var scheduler = acting();
        var one = master.registered("cpus:2;mem:512");
        var two = master.registered("cpus:2;mem:512");
        var three = master.registered("cpus:2;mem:512");
        three.answerPings(false);

        master.advance(Duration.ofMinutes(1));
        var before = List.copyOf(scheduler.offers());
        scheduler.forget();
        before.forEach(offer -> scheduler.decline(offer, 0));

        assertThat(scheduler.rescinded()).isEmpty();
        var offer = scheduler.offers().stream()
                .filter(candidate ->
                        candidate.getAgentId().getValue().equals(one.id().value()))
                .findFirst()
                .orElseThrow();
        scheduler.launch(offer, task("t1", offer, "cpus:1;mem:64"));
        assertThat(one.frames(BodyCase.LAUNCH_TASK)).hasSize(1);
        assertThat(pings(two)).last().isEqualTo(true);
    }

    @Test
    void offersAreRescindedAtTheVeryMomentWhenTheyMayNotBeUsedAnyMore() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        renew();
        master.advance(RENEWED.minusNanos(1));
        assertThat(scheduler.rescinded()).isEmpty();
        master.advance(Duration.ofSeconds(5)); // The agent accepted the term some time after the Lease was renewed.

        assertThat(scheduler.rescinded()).hasSize(1);
        master.advance(Duration.ofSeconds(20));
        assertThat(scheduler.offers()).hasSize(1);
    }

    @Test
    void acceptAfterThatLaunchesNothingAndSaysWhy() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        var offer = scheduler.lastOffer();
        master.advance(Duration.ofSeconds(20));

        scheduler.launch(offer, task("t1", offer, "cpus:1;mem:64"));

        assertThat(agent.frames(BodyCase.LAUNCH_TASK)).isEmpty();
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
        assertThat(scheduler.lastUpdate().getReason()).isEqualTo(TaskStatus.Reason.REASON_INVALID_OFFERS);
        assertThat(scheduler.lastUpdate().getMessage()).contains("Lease").contains("0 of 1 agents");
    }

    /** Fault 3: the first thing that a master reads after a pause is what waited in its sockets. */
    @Test
    void acceptThatWaitedWhileTheMasterWasPausedLaunchesNothing() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        var offer = scheduler.lastOffer();
        master.pause(Duration.ofSeconds(35));

        scheduler.launch(offer, task("t1", offer, "cpus:1;mem:64"));

        assertThat(agent.frames(BodyCase.LAUNCH_TASK)).isEmpty();
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void updatesAcknowledgementsAndKillsAreDelivered() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        scheduler.launch(scheduler.lastOffer(), task("t1", scheduler.lastOffer(), "cpus:1;mem:64"));
        master.advance(Duration.ofSeconds(20));

        agent.report("t1", TaskState.TASK_RUNNING);
        assertThat(scheduler.lastUpdate().getState()).isEqualTo(TaskState.TASK_RUNNING);
        scheduler.acknowledge(scheduler.lastUpdate());
        scheduler.kill("t1");

        assertThat(agent.frames(BodyCase.ACKNOWLEDGE_STATUS)).hasSize(1);
        assertThat(agent.frames(BodyCase.KILL_TASK)).hasSize(1);
    }

    @Test
    void silentAgentsAreNotGivenUpUntilThisMasterMayActAgain() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        master.advance(Duration.ofMinutes(30));
        assertThat(scheduler.events(Event.Type.FAILURE)).isEmpty();

        renew();
        master.advance(Duration.ofSeconds(6));

        assertThat(scheduler.events(Event.Type.FAILURE)).hasSize(1);
    }

    @Test
    void frameworksAreNotRemovedUntilThisMasterMayActAgain() {
        acting();
        var patient = master.subscribed(info -> info.setFailoverTimeout(60));
        var hasty = master.subscribed();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(20));
        patient.disconnect();
        hasty.disconnect();
        master.advance(Duration.ofMinutes(10));
        assertThat(completed()).isZero();

        renew();
        master.advance(Duration.ofSeconds(6));

        assertThat(completed()).isEqualTo(2);
    }

    @Test
    void frameworkThatComesBackInTimeIsNotRemovedAfterwards() {
        acting();
        var scheduler = master.subscribed(info -> info.setFailoverTimeout(60));
        master.registered("cpus:2;mem:512").answerPings(false);
        master.advance(Duration.ofSeconds(20));
        scheduler.disconnect();
        master.advance(Duration.ofMinutes(10));
        scheduler.subscribe();
        renew();
        master.advance(Duration.ofSeconds(6));

        assertThat(completed()).isZero();
    }

    @Test
    void renewedLeaseBringsOffersBackAtOnce() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(30));
        scheduler.forget();

        renew();
        master.advance(Duration.ofSeconds(2));

        assertThat(scheduler.offers()).hasSize(1);
        assertThat(pings(agent)).contains(true);
    }

    @Test
    void whileTheApiServerIsSilentTheElectorateStaysAsItIs() {
        acting();
        var old = master.registered("cpus:2;mem:512");
        master.advance(Duration.ofMinutes(1));
        var late = master.registered("cpus:2;mem:512");
        old.unregister();
        assertThat(master.stored(late.id())).isEmpty();
        assertThat(master.stored(old.id())).isPresent();

        renew();

        assertThat(master.stored(late.id())).isPresent();
        assertThat(master.stored(old.id())).isEmpty();
    }

    @Test
    void agentsThatAnswerAfterFifteenSecondsDoNotCount() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(26)); // Pinged at 5, 10, 15, 20 and 25 s.
        assertThat(scheduler.rescinded()).hasSize(1);

        master.apply(new MasterInput.AgentPong(agent.link(), 1));
        master.apply(new MasterInput.AgentPong(agent.link(), 99));
        master.apply(new MasterInput.AgentPong(agent.link(), -1));
        assertThat(scheduler.offers()).hasSize(1);

        master.apply(new MasterInput.AgentPong(agent.link(), 4));
        master.advance(Duration.ofSeconds(2));
        assertThat(scheduler.offers()).hasSize(2);
    }

    @Test
    void masterThatItsAgentsLeaveWhileItCannotRenewResignsAtOnceAndOnce() {
        var scheduler = acting();
        var agent = master.registered("cpus:2;mem:512");
        depart(agent);
        assertThat(master.resignations()).as("its Lease is renewed").isEmpty();

        agent.register();
        master.advance(Duration.ofMinutes(1));
        assertThat(scheduler.offers()).isNotEmpty();
        assertThat(master.resignations()).isEmpty();
        depart(agent);
        depart(agent);

        assertThat(master.resignations())
                .singleElement()
                .asString()
                .contains("term 9")
                .contains("master-1/xyz");
    }

    @Test
    void agentThatComesWithTheTermOfAnotherMasterTellsOfIt() {
        acting();
        var agent = master.registered("cpus:2;mem:512");
        agent.answerPings(false);
        master.advance(Duration.ofMinutes(1));
        agent.hello().setAccepted(successor());
        agent.dial();

        assertThat(master.resignations()).hasSize(1);
    }

    private void depart(TestAgent agent) {
        master.apply(new MasterInput.AgentDeparted(agent.link(), successor()));
    }

    private static TermHolder successor() {
        return TermHolder.newBuilder().setTerm(9).setHolder("master-1/xyz").build();
    }

    /** The Lease was just renewed, and no agent is known. */
    private TestScheduler acting() {
        renew();
        master.apply(new MasterInput.RegistryRead(List.of()));
        return master.subscribed();
    }

    private void renew() {
        master.apply(new MasterInput.LeaseConfirmed(master.now().deadline(RENEWED)));
    }

    private void advanceRenewed(Duration time) {
        master.apply(new MasterInput.LeaseConfirmed(master.now().deadline(time.plus(RENEWED))));
        master.advance(time);
    }

    private int completed() {
        return master.snapshot().completedFrameworks().size();
    }

    /** Whether each ping said that this master doubts. */
    private static List<Boolean> pings(TestAgent agent) {
        return agent.frames(BodyCase.PING).stream()
                .map(MasterFrame::getPing)
                .map(ping -> ping.getDoubtful())
                .toList();
    }

    private TestAgent claiming(String id, Duration acknowledgedAgo) {
        var agent = master.agent("cpus:2;mem:512");
        agent.info().setHostname("host-" + id).getIdBuilder().setValue(id);
        agent.hello()
                .setAccepted(TermHolder.newBuilder().setTerm(7).setHolder("old"))
                .setAcknowledgedNanosAgo(acknowledgedAgo.plusMillis(200).toNanos());
        return agent;
    }

    private static RegisteredAgent known(String id) {
        var info = AgentInfo.newBuilder().setHostname("host-" + id).setPort(5051);
        info.getIdBuilder().setValue(id);
        return new RegisteredAgent(
                new AgentId(id),
                info.build(),
                Optional.empty(),
                "1",
                Standing.ADMITTED,
                Instant.EPOCH,
                Optional.empty(),
                AgentPolicy.NONE,
                NodeState.USUAL);
    }
}
