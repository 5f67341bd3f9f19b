package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Pong;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A writer that does not keep up: who is turned away, and who waits. */
class OverloadTest {
    private static final int INBOX = 4;
    private static final LinkId PLUG = new LinkId("plug");

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch plugged = new CountDownLatch(1);
    private final MasterUnderTest master = new MasterUnderTest(
            new ScriptedCore(Snapshots.empty(), this::play),
            MasterUnderTest.settings(),
            new AnonymousAuthenticator(),
            AgentLinkSettings.plain("127.0.0.1", 0),
            new WriterSettings(INBOX, 1, 1, Duration.ofMillis(100)));

    @AfterEach
    void stop() {
        goOn.countDown();
        master.close();
    }

    @Test
    void schedulersAreToldToComeBackLater() throws Exception {
        plug();
        fill();
        try (var client = RawHttp.connect(master.http.port())) {
            var head = client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.DECLINE)
                    .readHead();
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("retry-after")).isNotEmpty();
            assertThat(client.readBody(head)).contains("overloaded");
            goOn.countDown();
            await().until(() -> master.term.writer().inboxSize() == 0);
            assertThat(client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.DECLINE)
                            .readHead()
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void agentsWaitAndNothingThatTheySaidIsLostOrOutOfOrder() throws Exception {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            await().until(() -> master.core.inputs.size() == 1);
            var session = ((MasterInput.AgentHello) master.core.inputs.remove()).link();
            plug();
            for (int i = 0; i < 50; i++) {
                agent.send(AgentFrame.newBuilder()
                        .setTerm(MasterUnderTest.TERM)
                        .setSession(session.value())
                        .setPong(Pong.newBuilder().setSequence(i))
                        .build());
            }
            await().until(() -> master.term.writer().inboxSize() == INBOX);
            goOn.countDown();
            await().until(() -> pongs(session).size() == 50);
            assertThat(pongs(session)).isSorted();
        }
    }

    private void plug() throws InterruptedException {
        master.term.writer().offer(new MasterInput.AgentPong(PLUG, 0));
        plugged.await();
    }

    private void fill() {
        for (int i = 0; i < INBOX; i++) {
            assertThat(master.term.writer().offer(new MasterInput.AgentPong(new LinkId("other"), i)))
                    .isTrue();
        }
    }

    private List<Long> pongs(LinkId link) {
        return master.core.inputs.stream()
                .filter(input -> input instanceof MasterInput.AgentPong pong
                        && pong.link().equals(link))
                .map(input -> ((MasterInput.AgentPong) input).sequence())
                .toList();
    }

    private List<MasterEffect> play(MasterInput input) {
        if (input instanceof MasterInput.AgentPong(var link, var _) && link.equals(PLUG)) {
            plugged.countDown();
            try {
                goOn.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return ScriptedCore.obliging(input);
    }
}
