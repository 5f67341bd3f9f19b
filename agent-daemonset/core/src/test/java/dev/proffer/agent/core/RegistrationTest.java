package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.registration.Phase;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.link.TermOver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final AgentRig agent = new AgentRig();

    @Test
    void firstHelloHasNeitherIdNorTerm() {
        agent.started().hello();

        var hello = agent.sent().getFirst();
        assertThat(hello.hasTerm()).isFalse();
        assertThat(hello.getHello().getInfo().hasId()).isFalse();
        assertThat(hello.getHello().hasAccepted()).isFalse();
        assertThat(hello.getHello().getBootId()).isEqualTo("boot-1");
    }

    @Test
    void helloSaysOfWhichPoolTheAgentIsAndWhereItIsReached() {
        agent.started().hello();

        var hello = agent.sent().getFirst().getHello();
        assertThat(hello.getPool()).isEqualTo("general");
        assertThat(hello.getIp()).isEqualTo("10.0.0.7");
    }

    @Test
    void inventoryIsSentOnlyWhenTheTermIsOnDisk() {
        agent.disk(AgentRig.Disk.HOLDS);
        agent.started().hello();
        agent.welcome(7, "master");
        assertThat(agent.sent()).noneMatch(AgentFrame::hasInventory);

        agent.release(true);

        assertThat(agent.onDisk)
                .extracting(JournalRecord::getAccepted)
                .anyMatch(accepted ->
                        accepted.getTerm() == 7 && accepted.getHolder().equals("master"));
        var inventory = agent.sent().getLast();
        assertThat(inventory.getInventory().getLast()).isTrue();
        assertThat(inventory.getTerm()).isEqualTo(7);
        assertThat(inventory.getSession()).isEqualTo("session-7");
    }

    @Test
    void masterIsNotObeyedWhenItsTermCannotBeWritten() {
        agent.disk(AgentRig.Disk.FAILS);
        agent.started().hello();
        agent.welcome(7, "master");

        assertThat(agent.sent()).noneMatch(AgentFrame::hasInventory);
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.snapshot().trouble()).contains("no space left");

        agent.disk(AgentRig.Disk.WORKS);
        agent.pass(Duration.ofSeconds(2));
        agent.registered(7);
        assertThat(agent.snapshot().isRegistered()).isTrue();
    }

    @Test
    void lowerTermIsRefused() {
        agent.started().registered(7);
        agent.closeLink();
        agent.pass(Duration.ofSeconds(1));
        agent.hello();
        agent.welcome(6, "master-6");

        var refusal = agent.sent().getLast().getRefusal();
        assertThat(refusal.getAccepted().getTerm()).isEqualTo(7);
        assertThat(refusal.getReason()).contains("6").contains("7");
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
    }

    @Test
    void otherHolderOfTheSameTermIsRefused() {
        agent.started().registered(7);
        agent.closeLink();
        agent.pass(Duration.ofSeconds(1));
        agent.hello();
        agent.welcome(7, "impostor");

        assertThat(agent.sent().getLast().getRefusal().getAccepted().getHolder())
                .isEqualTo("master-7");
    }

    @Test
    void otherClusterIsRefused() {
        agent.started().registered(7);
        agent.closeLink();
        agent.pass(Duration.ofSeconds(1));
        agent.hello();
        var welcome = MasterFrame.newBuilder();
        welcome.getWelcomeBuilder().setSession("s").setClusterUid("other");
        welcome.getWelcomeBuilder().getLeaderBuilder().setTerm(8).setHolder("master");
        agent.frame(welcome);

        assertThat(agent.sent().getLast().getRefusal().getReason())
                .contains("other")
                .contains("state directory");
    }

    @Test
    void acceptedTermSurvivesARestart() {
        agent.started().registered(7);
        var later = agent.restarted("boot-1", Duration.ofMinutes(1)).started();
        later.hello();

        var hello = later.sent().getLast().getHello();
        assertThat(hello.getAccepted().getTerm()).isEqualTo(7);
        assertThat(hello.getInfo().getId().getValue()).isEqualTo(AgentRig.AGENT);
        later.welcome(6, "master-6");
        assertThat(later.sent().getLast().hasRefusal()).isTrue();
    }

    @Test
    void framesOfAnotherSessionAreDropped() {
        agent.ready();
        agent.frame(MasterFrame.newBuilder()
                .setTerm(1)
                .setSession("old")
                .setPing(Ping.newBuilder().setSequence(3)));
        agent.frame(MasterFrame.newBuilder()
                .setTerm(0)
                .setSession("session-1")
                .setPing(Ping.newBuilder().setSequence(3)));

        assertThat(agent.sent()).noneMatch(AgentFrame::hasPong);
    }

    @Test
    void framesOfAnotherSessionAreNoSignOfLife() {
        agent.ready();
        agent.pass(Duration.ofSeconds(74));
        agent.frame(MasterFrame.newBuilder()
                .setTerm(1)
                .setSession("old")
                .setPing(Ping.newBuilder().setSequence(3)));
        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
    }

    @Test
    void nobodyIsObeyedBeforeItsWelcome() {
        agent.started().hello();
        agent.frame(1, registered());
        agent.frame(1, Orders.launch(Orders.task("t")));

        assertThat(agent.snapshot().isRegistered()).isFalse();
        assertThat(agent.snapshot().tasks()).isEmpty();
        assertThat(agent.effects(AgentEffect.Persist.class)).isEmpty();
    }

    @Test
    void framesOfTheSessionBeforeAreDroppedOnANewLink() {
        agent.ready();
        agent.closeLink();
        agent.pass(Duration.ofSeconds(2));
        agent.hello();
        agent.frame(1, MasterFrame.newBuilder().setPing(Ping.newBuilder().setSequence(3)));
        agent.frame(1, Orders.launch(Orders.task("t")));

        assertThat(agent.sent()).noneMatch(AgentFrame::hasPong);
        assertThat(agent.snapshot().tasks()).isEmpty();
    }

    @Test
    void nothingIsLaunchedBeforeTheRegistration() {
        agent.started().hello();
        agent.welcome(1, "master-1");
        agent.frame(1, Orders.launch(Orders.task("t")));
        assertThat(agent.snapshot().tasks()).isEmpty();

        agent.frame(1, registered());
        agent.frame(1, Orders.launch(Orders.task("t")));

        assertThat(agent.snapshot().tasks()).hasSize(1);
    }

    private static MasterFrame.Builder registered() {
        var registered = MasterFrame.newBuilder();
        registered.getRegisteredBuilder().setPingIntervalSeconds(5).setPingTimeoutSeconds(75);
        registered.getRegisteredBuilder().getAgentIdBuilder().setValue(AgentRig.AGENT);
        return registered;
    }

    @Test
    void pingsAreAnswered() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setPing(Ping.newBuilder().setSequence(3)));

        assertThat(agent.sent().getLast().getPong().getSequence()).isEqualTo(3);
    }

    @Test
    void silentMasterIsGivenUpAfterTheTimeoutThatItNamed() {
        agent.ready();
        agent.pass(Duration.ofSeconds(74));
        assertThat(agent.snapshot().isRegistered()).isTrue();
        assertThat(agent.sent().stream().filter(AgentFrame::hasPing)).hasSize(14);

        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        agent.pass(Duration.ofSeconds(2));
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
    }

    @Test
    void signOfLifeKeepsTheLink() {
        agent.ready();
        for (int i = 0; i < 10; i++) {
            agent.pass(Duration.ofSeconds(70));
            agent.frame(1, MasterFrame.newBuilder().setPing(Ping.newBuilder().setSequence(i)));
        }

        assertThat(agent.snapshot().isRegistered()).isTrue();
        assertThat(agent.effects(AgentEffect.HangUp.class)).isEmpty();
    }

    @Test
    void redialsBackOffAndStayJittered() {
        agent.started();
        for (int attempt = 0; attempt < 20; attempt++) {
            agent.closeLink();
            agent.pass(Duration.ofMillis(2_001));
            assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(attempt + 2);
        }
    }

    @Test
    void linksThatBreakAtOnceDoNotResetTheBackOff() {
        agent.started();
        long began = agent.now().nanos();
        for (int attempt = 0; attempt < 40; attempt++) {
            agent.registered(1);
            agent.closeLink();
            while (agent.snapshot().phase() == Phase.WAITING) {
                agent.pass(Duration.ofMillis(1));
            }
        }

        var took = Duration.ofNanos(agent.now().nanos() - began);
        assertThat(took).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void endedTermIsFollowedByADialAtOnce() {
        agent.ready();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ZERO);

        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
    }

    @Test
    void endedTermIsFollowedByADialAtOnceAlsoAfterManyFailures() {
        agent.started();
        for (int attempt = 0; attempt < 10; attempt++) {
            agent.closeLink();
            agent.pass(Duration.ofSeconds(2));
        }
        agent.registered(1);
        int dials = agent.effects(AgentEffect.Dial.class).size();
        agent.frame(1, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
        agent.pass(Duration.ZERO);

        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(dials + 1);
    }

    @Test
    void dialThatIsNeverAnsweredIsGivenUp() {
        agent.started();
        agent.pass(Duration.ofSeconds(32));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
    }

    @Test
    void handshakeThatDoesNotEndIsGivenUp() {
        agent.started().hello();
        agent.pass(Duration.ofSeconds(30));

        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
    }

    @Test
    void refusedAgentComesBack() {
        agent.started().hello();
        agent.frame(MasterFrame.newBuilder().setRefused(Refused.newBuilder().setReason("not now")));
        agent.pass(Duration.ofSeconds(1));

        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(2);
        assertThat(agent.snapshot().trouble()).contains("not now");
    }

    @Test
    void agentThatIsRefusedForGoodEndsItsTasksAndStaysAway() {
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        agent.frame(MasterFrame.newBuilder()
                .setRefused(Refused.newBuilder().setReason("gone").setPermanent(true)));

        assertThat(agent.effects(AgentEffect.Kill.class)).hasSize(1);
        agent.pass(Duration.ofHours(1));
        assertThat(agent.effects(AgentEffect.Dial.class)).hasSize(1);
        assertThat(agent.snapshot().phase()).isEqualTo(Phase.EXPELLED);
    }

    @Test
    void agentThatWasRefusedForGoodComesBackAsANewOne() {
        agent.ready();
        agent.frame(MasterFrame.newBuilder()
                .setRefused(Refused.newBuilder().setReason("gone").setPermanent(true)));
        var next = agent.restarted("boot-1", Duration.ofMinutes(1)).started();
        next.hello();

        assertThat(next.sent().getLast().getHello().getInfo().hasId()).isFalse();
        assertThat(next.sent().getLast().getHello().getAccepted().getTerm()).isEqualTo(1);
    }

    @Test
    void agentThatWasRefusedForGoodShowsItselfWhenItsFormerTasksHaveEnded() {
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("t")));
        var container = agent.container();
        agent.input(new AgentInput.TaskStarted(container, 10));
        agent.frame(MasterFrame.newBuilder()
                .setRefused(Refused.newBuilder().setReason("gone").setPermanent(true)));
        var next = agent.restarted("boot-1", Duration.ofMinutes(1)).started();
        next.input(new AgentInput.TaskStarted(container, 10));
        assertThat(next.effects(AgentEffect.Kill.class)).hasSize(1);
        assertThat(next.effects(AgentEffect.Dial.class)).isEmpty();

        next.input(new AgentInput.TaskExited(container, new ExitStatus.Signalled(15)));
        next.registered(2);

        assertThat(next.updates()).isEmpty();
        assertThat(next.snapshot().tasks()).isEmpty();
    }

    @Test
    void agentThatStopsWhileItLooksForItsTasksDialsNobody() {
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        var next = agent.restarted("boot-1", Duration.ofMinutes(1)).started();
        next.input(new AgentInput.Stop());
        next.input(new AgentInput.TaskStarted(agent.container(), 10));

        assertThat(next.effects(AgentEffect.Dial.class)).isEmpty();
    }

    @Test
    void eventsOfAnOldLinkAreDropped() {
        agent.ready();
        var old = agent.link();
        agent.closeLink();
        agent.pass(Duration.ofSeconds(2));
        agent.registered(1);

        agent.input(new AgentInput.LinkClosed(old, "late"));

        assertThat(agent.snapshot().isRegistered()).isTrue();
    }

    @Test
    void largeInventoryComesInParts() {
        agent.ready();
        var name = "x".repeat(100_000);
        for (int i = 0; i < 25; i++) {
            agent.frame(1, Orders.launch(Orders.task("t" + i).setName(name)));
        }
        agent.closeLink();
        agent.pass(Duration.ofSeconds(2));
        agent.registered(1);

        var parts = agent.sent().stream()
                .filter(AgentFrame::hasInventory)
                .map(AgentFrame::getInventory)
                .skip(1)
                .toList();
        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(parts.stream().mapToInt(part -> part.getTasksCount()).sum()).isEqualTo(25);
        assertThat(parts).allMatch(part -> part.getTasksCount() == part.getTaskInfosCount());
        assertThat(List.copyOf(parts.subList(0, parts.size() - 1))).noneMatch(part -> part.getLast());
        assertThat(parts.getLast().getLast()).isTrue();
    }

    @Test
    void partOfAnInventoryIsNoLargerThanItsLargestEntry() {
        agent.ready();
        for (int i = 0; i < 10; i++) {
            var launch = Orders.launch(Orders.task("t" + i).setName("x".repeat(i * 150_000)));
            launch.getLaunchTaskBuilder()
                    .getFrameworkBuilder()
                    .setName("y".repeat(700_000))
                    .getIdBuilder()
                    .setValue("framework-" + i);
            agent.frame(1, launch);
        }
        agent.closeLink();
        agent.pass(Duration.ofSeconds(2));
        agent.registered(1);

        assertThat(agent.sent().stream().filter(AgentFrame::hasInventory))
                .hasSizeGreaterThan(15)
                .allMatch(frame -> frame.getSerializedSize() < 3_000_000);
    }

    @Test
    void stopHangsUpAndLeavesTasksRunning() {
        agent.ready();
        agent.frame(1, Orders.launch(Orders.task("t")));
        agent.input(new AgentInput.TaskStarted(agent.container(), 10));
        agent.input(new AgentInput.Stop());

        assertThat(agent.effects(AgentEffect.Kill.class)).isEmpty();
        assertThat(agent.effects(AgentEffect.HangUp.class)).hasSize(1);
        assertThat(agent.effects(AgentEffect.Stopped.class)).hasSize(1);
    }
}
