package dev.proffer.agent.core;

import static dev.proffer.agent.core.AgentScenario.HOLDER;
import static dev.proffer.agent.core.AgentScenario.SESSION;
import static dev.proffer.agent.core.AgentScenario.TERM;
import static dev.proffer.agent.core.AgentScenario.leader;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.link.TermOver;
import dev.proffer.protocol.link.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final AgentScenario agent = new AgentScenario();

    @Test
    void dialsAtOnceWhenItStarts() {
        agent.apply(new AgentInput.TimerFired());

        assertThat(agent.effects()).containsExactly(new AgentEffect.Dial(1));
    }

    @Test
    void greetsWithoutAnIdTheFirstTime() {
        agent.connect();

        var hello = agent.frames().getLast();
        assertThat(hello.hasTerm()).isFalse();
        assertThat(hello.hasSession()).isFalse();
        assertThat(hello.getHello().getInfo().hasId()).isFalse();
        assertThat(hello.getHello().hasAccepted()).isFalse();
        assertThat(hello.getHello().getBootId()).isEqualTo("boot-1");
        assertThat(hello.getHello().getToken()).isEqualTo("a token");
    }

    @Test
    void persistsTheTermInTheStepThatSendsTheInventory() {
        agent.connect().forgetEffects().welcome();

        assertThat(agent.records(JournalRecord.RecordCase.ACCEPTED))
                .extracting(JournalRecord::getAccepted)
                .containsExactly(leader(TERM, HOLDER));
        assertThat(agent.inventories())
                .singleElement()
                .satisfies(part -> assertThat(part.getLast()).isTrue());
        assertThat(agent.frames().getLast().getTerm()).isEqualTo(TERM);
        assertThat(agent.frames().getLast().getSession()).isEqualTo(SESSION);
        assertThat(agent.snapshot().registered()).isFalse();
    }

    @Test
    void keepsTheIdThatTheMasterGives() {
        agent.register();

        assertThat(agent.snapshot().registered()).isTrue();
        assertThat(agent.snapshot().agentId()).contains(Samples.AGENT);
        assertThat(agent.records(JournalRecord.RecordCase.AGENT_ID)).hasSize(1);

        agent.breakLink().forgetEffects().connect();

        var hello = agent.frames().getLast().getHello();
        assertThat(hello.getInfo().getId().getValue()).isEqualTo(Samples.AGENT);
        assertThat(hello.getAccepted()).isEqualTo(leader(TERM, HOLDER));
    }

    @Test
    void keepsIdAndTermAcrossRestarts() {
        var next = agent.register().restarted(new Found.Nothing()).connect();

        var hello = next.frames().getLast().getHello();
        assertThat(hello.getInfo().getId().getValue()).isEqualTo(Samples.AGENT);
        assertThat(hello.getAccepted()).isEqualTo(leader(TERM, HOLDER));
    }

    @Test
    void persistsTermAndIdOnlyWhenTheyChange() {
        agent.register().breakLink();
        int before = agent.journal().size();

        agent.register();

        assertThat(agent.journal()).hasSize(before);
    }

    @Test
    void refusesALowerTermAndHangsUp() {
        agent.register().breakLink().connect().forgetEffects().welcome(TERM - 1, "master-1/xyz", "s2");

        var refusal = agent.frames().getFirst().getRefusal();
        assertThat(refusal.getAccepted()).isEqualTo(leader(TERM, HOLDER));
        assertThat(refusal.getReason()).contains("term 7", HOLDER);
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.inventories()).isEmpty();
        assertThat(agent.snapshot().leader()).contains(leader(TERM, HOLDER));
    }

    @Test
    void refusesAnotherHolderOfTheSameTerm() {
        agent.register().breakLink().connect().forgetEffects().welcome(TERM, "master-1/xyz", "s2");

        assertThat(agent.frames().getFirst().hasRefusal()).isTrue();
        assertThat(agent.inventories()).isEmpty();
    }

    @Test
    void stillRefusesAfterARestart() {
        var next = agent.register().restarted(new Found.Nothing());

        next.connect().forgetEffects().welcome(TERM - 1, HOLDER, "s2");

        assertThat(next.frames().getFirst().hasRefusal()).isTrue();
    }

    @Test
    void obeysTheSameHolderOfTheSameTermAgain() {
        agent.register().breakLink().connect().forgetEffects().welcome(TERM, HOLDER, "s2");

        assertThat(agent.inventories()).hasSize(1);
    }

    @Test
    void obeysAHigherTerm() {
        agent.register()
                .breakLink()
                .connect()
                .welcome(TERM + 1, "master-1/xyz", "s2")
                .confirm(Samples.AGENT);

        assertThat(agent.snapshot().leader()).contains(leader(TERM + 1, "master-1/xyz"));
        assertThat(agent.snapshot().registered()).isTrue();
    }

    @Test
    void dropsFramesOfAnotherSession() {
        agent.register().forgetEffects();

        agent.receive(agent.link(), Samples.launch("t1").setTerm(TERM).setSession("s0"));

        assertThat(agent.effects()).isEmpty();
    }

    @Test
    void dropsFramesOfAnotherTerm() {
        agent.register().forgetEffects();

        agent.receive(agent.link(), Samples.launch("t1").setTerm(TERM - 1).setSession(SESSION));

        assertThat(agent.effects()).isEmpty();
    }

    @Test
    void dropsFramesOfAnEarlierLink() {
        agent.register();
        long before = agent.link();
        agent.breakLink().register().forgetEffects();

        agent.receive(before, Samples.launch("t1").setTerm(TERM).setSession(SESSION));

        assertThat(agent.effects()).isEmpty();
    }

    @Test
    void obeysNobodyBeforeTheWelcome() {
        agent.connect().forgetEffects();

        agent.receive(agent.link(), Samples.launch("t1"));

        assertThat(agent.effects()).isEmpty();
    }

    @Test
    void takesNoFrameOfThePreviousSessionOnANewLink() {
        agent.register().breakLink().connect().forgetEffects();

        agent.receive(agent.link(), Samples.launch("t1").setTerm(TERM).setSession(SESSION));

        assertThat(agent.effects()).isEmpty();
    }

    @Test
    void takesNoTaskBeforeItIsRegistered() {
        agent.connect().welcome().forgetEffects();

        agent.receive(Samples.launch("t1"));

        assertThat(agent.effects()).isEmpty();
        assertThat(agent.snapshot().tasks()).isEmpty();
    }

    @Test
    void ignoresASecondWelcome() {
        agent.register().forgetEffects();

        agent.receive(MasterFrame.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setLeader(leader(TERM + 5, "other"))
                        .setSession("s9")
                        .setClusterUid("cluster")));

        assertThat(agent.effects()).isEmpty();
        assertThat(agent.snapshot().leader()).contains(leader(TERM, HOLDER));
    }

    @Test
    void dropsItsIdWhenItIsRefusedForGood() {
        agent.register().breakLink().connect();

        agent.receive(MasterFrame.newBuilder()
                .setRefused(Refused.newBuilder().setReason("marked gone").setPermanent(true)));
        var next = agent.restarted(new Found.Nothing()).connect();
        agent.forgetEffects().connect();

        assertThat(agent.frames().getLast().getHello().getInfo().hasId()).isFalse();
        assertThat(next.frames().getLast().getHello().getInfo().hasId()).isFalse();
    }

    @Test
    void comesBackUnderItsIdWhenItIsRefusedForNow() {
        agent.register().breakLink().connect();

        agent.receive(MasterFrame.newBuilder().setRefused(Refused.newBuilder().setReason("not ready")));
        agent.forgetEffects().connect();

        assertThat(agent.frames().getLast().getHello().getInfo().hasId()).isTrue();
    }

    @Test
    void redialsAtOnceWhenTheTermIsOver() {
        for (int failures = 0; failures < 20; failures++) {
            agent.connect().breakLink();
        }
        agent.connect().welcome().forgetEffects();

        agent.receive(MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.advance(Duration.ofMillis(50));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(1);
    }

    @Test
    void backsOffUpToTwoSecondsWithJitter() {
        agent.apply(new AgentInput.TimerFired());
        var pauses = new ArrayList<Duration>();
        for (int dial = 0; dial < 60; dial++) {
            agent.breakLink();
            long due = agent.core().nextDeadline();
            pauses.add(Duration.ofNanos(due - agent.now().nanos()));
            agent.advance(pauses.getLast());
        }

        assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(50));
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) <= 0);
        assertThat(pauses.subList(10, 60)).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) > 0);
        assertThat(pauses.subList(10, 60)).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
    }

    @Test
    void startsAgainWithAShortPauseAfterASuccess() {
        for (int failures = 0; failures < 20; failures++) {
            agent.connect().breakLink();
        }
        agent.register().breakLink();

        assertThat(agent.core().nextDeadline() - agent.now().nanos())
                .isLessThanOrEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void pingsEveryInterval() {
        agent.register().forgetEffects();

        for (int second = 0; second < 20; second++) {
            agent.advance(Duration.ofSeconds(1));
            agent.receive(MasterFrame.newBuilder().setPong(Pong.newBuilder().setSequence(1)));
        }

        assertThat(agent.frames())
                .extracting(frame -> frame.getPing().getSequence())
                .isEqualTo(List.of(1L, 2L, 3L, 4L));
    }

    @Test
    void answersPings() {
        agent.register().forgetEffects();

        agent.receive(MasterFrame.newBuilder().setPing(Ping.newBuilder().setSequence(42)));

        assertThat(agent.frames())
                .singleElement()
                .extracting(AgentFrame::getPong)
                .satisfies(pong -> assertThat(pong.getSequence()).isEqualTo(42));
    }

    @Test
    void hangsUpWhenTheMasterIsSilentForTheTimeout() {
        agent.register().advance(Duration.ofSeconds(14));
        assertThat(agent.snapshot().registered()).isTrue();
        agent.forgetEffects().advance(Duration.ofSeconds(1));

        assertThat(agent.snapshot().registered()).isFalse();
        assertThat(agent.effects(AgentEffect.HangUp.class))
                .singleElement()
                .satisfies(hangUp -> assertThat(hangUp.reason()).contains("15000 ms"));
    }

    @Test
    void framesOfAnotherSessionAreNoSignOfLife() {
        agent.register().advance(Duration.ofSeconds(14)).forgetEffects();

        agent.receive(
                agent.link(),
                MasterFrame.newBuilder()
                        .setTerm(TERM)
                        .setSession("s0")
                        .setPong(Pong.newBuilder().setSequence(1)));
        agent.advance(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
    }

    @Test
    void givesUpOnAConnectionThatNeverStandsAndOnAMasterThatDoesNotAnswer() {
        agent.apply(new AgentInput.TimerFired());
        agent.advance(Duration.ofSeconds(10));
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);

        agent.forgetEffects().connect().advance(Duration.ofSeconds(10));
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);

        agent.forgetEffects().connect().welcome().advance(Duration.ofSeconds(10));
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
    }

    @Test
    void anOldLinksEndDoesNotEndTheNewOne() {
        agent.register();
        long before = agent.link();
        agent.breakLink().register();

        agent.apply(new AgentInput.LinkClosed(before, "late"));
        agent.apply(new AgentInput.LinkOpened(before));

        assertThat(agent.snapshot().registered()).isTrue();
    }
}
