package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.Probe;
import dev.proffer.protocol.link.Refusal;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Unregister;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.TaskID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents' connections, from Hello to the end of the term. */
class AgentLinkTest {
    private static final int BACKLOG = 1 << 20;

    private final MasterUnderTest master = new MasterUnderTest(
            new ScriptedCore(Snapshots.empty(), AgentLinkTest::play),
            MasterUnderTest.settings(),
            new AnonymousAuthenticator(),
            settings(Duration.ofSeconds(10), Duration.ofSeconds(75)));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void whatAnAgentSaysArrivesInOrderAndWithoutItsToken() throws Exception {
        try (var agent = new FakeAgent(master.agents.port())) {
            agent.send(AgentFrame.newBuilder()
                    .setHello(FakeAgent.hello().setToken("secret"))
                    .build());
            var hello = (MasterInput.AgentHello) next();
            assertThat(hello.hello().hasToken()).isFalse();
            assertThat(hello.hello().getInfo().getHostname()).isEqualTo("agent.example");
            var session = hello.link();
            agent.send(frame(session)
                    .setInventory(Inventory.newBuilder().setLast(true))
                    .build());
            agent.send(frame(session).setPong(Pong.newBuilder().setSequence(3)).build());
            agent.send(frame(session)
                    .setUnregister(Unregister.getDefaultInstance())
                    .build());
            assertThat(next())
                    .isEqualTo(new MasterInput.AgentInventory(
                            session, Inventory.newBuilder().setLast(true).build()));
            assertThat(next()).isEqualTo(new MasterInput.AgentPong(session, 3));
            assertThat(next()).isEqualTo(new MasterInput.AgentUnregistered(session));
        }
        assertThat(next()).isInstanceOf(MasterInput.LinkClosed.class);
        assertThat(master.term.links().count()).isZero();
    }

    @Test
    void whoAsksForTheLeaderIsToldAndMakesNoLink() throws Exception {
        try (var agent = new FakeAgent(master.agents.port())) {
            agent.send(
                    AgentFrame.newBuilder().setProbe(Probe.getDefaultInstance()).build());
            assertThat(agent.read())
                    .hasValueSatisfying(answer -> assertThat(answer.getLeading())
                            .isEqualTo(Leading.newBuilder()
                                    .setLeader(TermHolder.newBuilder()
                                            .setTerm(MasterUnderTest.TERM)
                                            .setHolder("master"))
                                    .setClusterUid("cluster")
                                    .build()));
            assertThat(agent.read()).isEmpty();
        }
        assertThat(master.term.links().count()).isZero();
        try (var _ = new FakeAgent(master.agents.port()).sendHello()) {
            assertThat(next()).isInstanceOf(MasterInput.AgentHello.class);
        }
    }

    @Test
    void framesOfAnotherTermOrSessionAreDropped() throws Exception {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            var session = ((MasterInput.AgentHello) next()).link();
            agent.send(frame(session)
                    .setTerm(MasterUnderTest.TERM - 1)
                    .setPong(Pong.newBuilder().setSequence(1))
                    .build());
            agent.send(frame(new LinkId("other"))
                    .setPong(Pong.newBuilder().setSequence(2))
                    .build());
            agent.send(AgentFrame.newBuilder()
                    .setPong(Pong.newBuilder().setSequence(3))
                    .build());
            agent.send(frame(session).setPong(Pong.newBuilder().setSequence(4)).build());
            assertThat(next()).isEqualTo(new MasterInput.AgentPong(session, 4));
        }
    }

    @Test
    void pingsAreAnswered() throws Exception {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            var session = ((MasterInput.AgentHello) next()).link();
            agent.send(frame(session).setPing(Ping.newBuilder().setSequence(9)).build());
            var pong = agent.read().orElseThrow();
            assertThat(pong.getPong().getSequence()).isEqualTo(9);
            assertThat(pong.getTerm()).isEqualTo(MasterUnderTest.TERM);
            assertThat(pong.getSession()).isEqualTo(session.value());
        }
    }

    @Test
    void aRefusalEndsTheLinkAndTellsOfTheOtherTerm() throws Exception {
        var other = TermHolder.newBuilder().setTerm(9).setHolder("other").build();
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            var session = ((MasterInput.AgentHello) next()).link();
            agent.send(frame(session)
                    .setRefusal(Refusal.newBuilder().setAccepted(other).setReason("higher"))
                    .build());
            assertThat(agent.read()).isEmpty();
        }
        assertThat(next()).isInstanceOf(MasterInput.LinkClosed.class);
        assertThat(master.termsSeen).containsExactly(other);
    }

    @Test
    void strangersAreHungUpOn() throws Exception {
        try (var silent = new MasterUnderTest(
                        new ScriptedCore(Snapshots.empty(), AgentLinkTest::play),
                        MasterUnderTest.settings(),
                        new AnonymousAuthenticator(),
                        settings(Duration.ofMillis(200), Duration.ofSeconds(75)));
                var speechless = new FakeAgent(silent.agents.port());
                var rude = new FakeAgent(master.agents.port());
                var garbled = new FakeAgent(master.agents.port());
                var immense = new FakeAgent(master.agents.port())) {
            assertThat(speechless.read()).isEmpty();
            rude.send(AgentFrame.newBuilder()
                    .setPing(Ping.newBuilder().setSequence(1))
                    .build());
            assertThat(rude.read()).isEmpty();
            garbled.sendRaw((byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 0xff, (byte) 0xff);
            assertThat(garbled.read()).isEmpty();
            immense.sendRaw((byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
            assertThat(immense.read()).isEmpty();
        }
        assertThat(master.core.inputs).isEmpty();
    }

    @Test
    void aSilentLinkIsDead() throws Exception {
        try (var impatient = new MasterUnderTest(
                        new ScriptedCore(Snapshots.empty(), AgentLinkTest::play),
                        MasterUnderTest.settings(),
                        new AnonymousAuthenticator(),
                        settings(Duration.ofSeconds(10), Duration.ofMillis(200)));
                var agent = new FakeAgent(impatient.agents.port()).sendHello()) {
            assertThat(agent.read()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(impatient.core.inputs).anyMatch(MasterInput.LinkClosed.class::isInstance));
        }
    }

    @Test
    void anAgentThatDoesNotReadIsCutOff() throws Exception {
        try (var deaf = new FakeAgent(master.agents.port());
                var attentive = new FakeAgent(master.agents.port())) {
            deaf.sendHello();
            var deafLink = ((MasterInput.AgentHello) next()).link();
            attentive.sendHello();
            var attentiveLink = ((MasterInput.AgentHello) next()).link();
            for (int i = 0; i < 200; i++) {
                master.term.links().send(deafLink, frame(100_000));
                master.term.links().send(attentiveLink, frame(10));
                assertThat(attentive.read()).isPresent();
            }
            await().untilAsserted(() -> assertThat(master.core.inputs)
                    .anyMatch(input -> input instanceof MasterInput.LinkClosed(var link, var reason)
                            && link.equals(deafLink)
                            && reason.contains("does not read")));
        }
    }

    @Test
    void theCoreHangsUpAfterItsLastFrame() throws Exception {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            var session = ((MasterInput.AgentHello) next()).link();
            agent.send(frame(session).setPong(Pong.newBuilder().setSequence(-1)).build());
            assertThat(agent.read()).isPresent();
            assertThat(agent.read()).isEmpty();
        }
    }

    @Test
    void agentsAreToldWhenTheTermIsOver() throws Exception {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            var session = ((MasterInput.AgentHello) next()).link();
            var ending = master.term.end();
            var last = agent.read().orElseThrow();
            assertThat(last.hasTermOver()).isTrue();
            assertThat(last.getTerm()).isEqualTo(MasterUnderTest.TERM);
            assertThat(last.getSession()).isEqualTo(session.value());
            assertThat(agent.read()).isEmpty();
            ending.get(5, TimeUnit.SECONDS);
        }
    }

    private MasterInput next() throws InterruptedException {
        return Optional.ofNullable(master.core.inputs.poll(5, TimeUnit.SECONDS)).orElseThrow();
    }

    /** A pong of sequence -1 gets one frame and an end. */
    private static List<MasterEffect> play(MasterInput input) {
        return input instanceof MasterInput.AgentPong(var link, var sequence) && sequence == -1
                ? List.of(new MasterEffect.SendToAgent(link, frame(10)), new MasterEffect.CloseLink(link, "enough"))
                : List.of();
    }

    private static AgentFrame.Builder frame(LinkId session) {
        return AgentFrame.newBuilder().setTerm(MasterUnderTest.TERM).setSession(session.value());
    }

    private static MasterFrame frame(int size) {
        return MasterFrame.newBuilder()
                .setTerm(MasterUnderTest.TERM)
                .setAcknowledgeStatus(AcknowledgeStatus.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                        .setTaskId(TaskID.newBuilder().setValue("t"))
                        .setUuid(ByteString.copyFrom(new byte[size])))
                .build();
    }

    private static AgentLinkSettings settings(Duration helloTimeout, Duration silenceTimeout) {
        return new AgentLinkSettings(
                "127.0.0.1", 0, Optional.empty(), 2, 100, helloTimeout, silenceTimeout, 1 << 20, 16 << 20, BACKLOG);
    }
}
