package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.TermOver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an agent tells a new master of the one before, and how it finds the new one. */
class LeaderChangeTest {
    private final AgentRig agent = new AgentRig();

    @Test
    void agentThatNeverObeyedHasNothingToTell() {
        agent.started().hello();

        assertThat(lastHello().hasAcknowledgedNanosAgo()).isFalse();
        assertThat(lastHello().hasEarlierAcknowledgedNanosAgo()).isFalse();
    }

    @Test
    void helloSaysHowLongAgoTheMasterBeforeWasAcknowledged() {
        agent.ready();
        agent.pass(Duration.ofSeconds(20));
        ping(1, 7);
        agent.pass(Duration.ofSeconds(3));
        redial();

        assertThat(lastHello().getAccepted().getTerm()).isEqualTo(1);
        assertThat(lastHello().getAcceptedIsOver()).isFalse();
        assertThat(lastHello().getAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(lastHello().hasEarlierAcknowledgedNanosAgo()).isFalse();
    }

    @Test
    void theInventoryAcknowledgesToo() {
        agent.ready();
        agent.pass(Duration.ofSeconds(2));
        redial();

        assertThat(lastHello().getAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void masterThatWasRefusedOrOnlyGreetedIsNotAcknowledged() {
        agent.ready();
        agent.pass(Duration.ofSeconds(9));
        agent.disk(AgentRig.Disk.FAILS);
        redial();
        agent.welcome(2, "master-2");
        agent.pass(Duration.ofSeconds(5));
        agent.hello();

        assertThat(lastHello().getAccepted().getTerm()).isEqualTo(1);
        assertThat(lastHello().getAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(15).toNanos());
    }

    @Test
    void masterBeforeTheLastIsToldApart() {
        agent.ready();
        agent.pass(Duration.ofSeconds(4));
        redial();
        agent.welcome(2, "master-2");
        agent.pass(Duration.ofSeconds(6));
        redial();

        assertThat(lastHello().getAccepted().getTerm()).isEqualTo(2);
        assertThat(lastHello().getAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(lastHello().getEarlierAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(12).toNanos());
    }

    @Test
    void ofTheEarlierOnesTheLatestAcknowledgementCounts() {
        agent.ready();
        redial();
        agent.welcome(2, "master-2");
        redial();
        agent.welcome(3, "master-3");
        redial();

        assertThat(lastHello().getAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(lastHello().getEarlierAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void termThatEndedInOrderNeedNotBeWaitedOut() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ZERO);
        agent.hello();

        assertThat(lastHello().getAccepted().getTerm()).isEqualTo(1);
        assertThat(lastHello().getAcceptedIsOver()).isTrue();
        assertThat(lastHello().hasAcknowledgedNanosAgo()).isFalse();
        assertThat(lastHello().hasEarlierAcknowledgedNanosAgo()).isFalse();
    }

    @Test
    void endOfATermDoesNotEndTheOneBefore() {
        agent.ready();
        redial();
        agent.registeredAfterHello(2);
        agent.frame(2, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ZERO);
        agent.hello();

        assertThat(lastHello().hasAcknowledgedNanosAgo()).isFalse();
        assertThat(lastHello().getEarlierAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void orderlyEndOfATermIsRememberedAcrossRestarts() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        var hello = helloAfterRestart(agent);

        assertThat(hello.getAccepted().getTerm()).isEqualTo(1);
        assertThat(hello.getAcceptedIsOver()).isTrue();
        assertThat(hello.hasAcknowledgedNanosAgo()).isFalse();
        assertThat(hello.hasEarlierAcknowledgedNanosAgo()).isFalse();
    }

    @Test
    void orderlyEndThatIsNotOnDiskIsForgottenByARestart() {
        agent.ready();
        agent.disk(AgentRig.Disk.FAILS);
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));

        assertThat(helloAfterRestart(agent).getAcceptedIsOver()).isFalse();
    }

    @Test
    void whatWasObeyedBeforeATermThatEndedInOrderIsAsOldAsItWasThen() {
        agent.ready();
        redial();
        agent.registeredAfterHello(2);
        agent.pass(Duration.ofSeconds(6));
        agent.frame(2, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ofMinutes(1)); // While it is down, time may stand still for all that it can tell.
        var hello = helloAfterRestart(agent);

        assertThat(hello.getAcceptedIsOver()).isTrue();
        assertThat(hello.getEarlierAcknowledgedNanosAgo())
                .isEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void nextTermIsNotOverBecauseTheOneBeforeWas() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ZERO);
        agent.registered(2);
        var hello = helloAfterRestart(agent);

        assertThat(hello.getAcceptedIsOver()).isFalse();
        assertThat(hello.getAcknowledgedNanosAgo()).isZero();
    }

    @Test
    void masterWhoseTermIsOverIsNotObeyedInItAgain() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        var later = agent.restarted("boot-1", Duration.ofMinutes(1)).started();
        later.hello();
        later.welcome(1, "master-1");

        assertThat(later.sent().getLast().getRefusal().getReason()).contains("term 1 is over");
    }

    private static Hello helloAfterRestart(AgentRig agent) {
        var later = agent.restarted("boot-1", Duration.ofHours(1)).started();
        later.hello();
        return later.sent().getLast().getHello();
    }

    @Test
    void restartedAgentCountsFromItsStart() {
        agent.started().registered(7);
        var later = agent.restarted("boot-1", Duration.ofHours(1)).started();
        later.pass(Duration.ofSeconds(2));
        later.hello();

        var hello = later.sent().getLast().getHello();
        long sinceStart = Duration.ofSeconds(2).toNanos();
        assertThat(hello.getAcknowledgedNanosAgo()).isEqualTo(sinceStart);
        assertThat(hello.getEarlierAcknowledgedNanosAgo()).isEqualTo(sinceStart);
    }

    @Test
    void masterThatLeadsWithoutDoubtIsNotProbed() {
        agent.ready();
        for (int i = 0; i < 20; i++) {
            agent.pass(Duration.ofSeconds(5));
            ping(1, i);
        }

        assertThat(agent.effects(AgentEffect.Probe.class)).isEmpty();
    }

    @Test
    void anotherLeaderIsLookedForEveryTenSecondsWhileTheOwnOneDoubts() {
        agent.ready();
        for (int i = 0; i < 6; i++) {
            agent.frame(
                    1,
                    MasterFrame.newBuilder()
                            .setPing(Ping.newBuilder().setSequence(i).setDoubtful(true)));
            agent.pass(Duration.ofSeconds(5));
        }

        assertThat(agent.effects(AgentEffect.Probe.class)).hasSize(3);
        ping(1, 9);
        agent.pass(Duration.ofSeconds(5));
        ping(1, 10);
        agent.pass(Duration.ofSeconds(5));
        assertThat(agent.effects(AgentEffect.Probe.class)).hasSize(3);
    }

    @Test
    void anotherLeaderIsLookedForWhileTheOwnOneIsSilent() {
        agent.ready();
        agent.pass(Duration.ofSeconds(30));

        assertThat(agent.effects(AgentEffect.Probe.class)).hasSize(3);
    }

    @Test
    void masterThatDoesNotAnswerTheHelloIsDoubted() {
        agent.started().hello();
        agent.pass(Duration.ofSeconds(10));

        assertThat(agent.effects(AgentEffect.Probe.class)).hasSize(1);
        agent.input(found(4, "cluster"));
        agent.pass(Duration.ZERO);
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
    }

    @Test
    void higherTermIsFollowedAtOnce() {
        agent.ready();
        agent.input(found(2, "cluster"));
        agent.pass(Duration.ZERO);

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
        assertThat(agent.snapshot().trouble()).contains("term 2").contains("master-2");
        var departure = agent.sent().getLast().getDeparture();
        assertThat(departure.getLeader().getHolder())
                .as("the master that is left hears of it")
                .isEqualTo("master-2");
        assertThat(agent.sent().getLast().getTerm()).isEqualTo(1);
    }

    @Test
    void equalOrLowerTermsAreNotFollowed() {
        agent.started().registered(5);
        agent.input(found(5, "cluster"));
        agent.input(found(4, "cluster"));

        assertThat(agent.snapshot().isRegistered()).isTrue();
    }

    @Test
    void leaderOfAnotherClusterIsNotFollowed() {
        agent.ready();
        agent.input(found(9, "another cluster"));

        assertThat(agent.snapshot().isRegistered()).isTrue();
    }

    @Test
    void leaderThatIsFoundWhileDiallingChangesNothing() {
        agent.ready();
        agent.closeLink();
        agent.input(found(9, "cluster"));
        agent.pass(Duration.ofSeconds(2));

        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
    }

    private static AgentInput found(long term, String cluster) {
        return new AgentInput.LeaderFound(Leading.newBuilder()
                .setLeader(TermHolder.newBuilder().setTerm(term).setHolder("master-" + term))
                .setClusterUid(cluster)
                .build());
    }

    private void ping(long term, long sequence) {
        agent.frame(term, MasterFrame.newBuilder().setPing(Ping.newBuilder().setSequence(sequence)));
    }

    /** Loses the link; one second later the agent has dialled again. */
    private void redial() {
        agent.closeLink();
        agent.pass(Duration.ofSeconds(1));
        agent.hello();
    }

    private Hello lastHello() {
        return agent.sent().stream()
                .filter(AgentFrame::hasHello)
                .toList()
                .getLast()
                .getHello();
    }
}
