package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.identity.NodeTokenCheck;
import dev.proffer.master.edge.identity.ReviewSettings;
import dev.proffer.master.edge.identity.TestTokens;
import dev.proffer.master.edge.identity.TokenReviewer;
import dev.proffer.master.edge.identity.TokenReviews;
import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Principal;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Probe;
import dev.proffer.protocol.link.Renewal;
import dev.proffer.protocol.link.TermHolder;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents that prove, or fail to prove, that they are on the node whose name they go by. */
class AgentIdentityTest {
    private static final Principal.ServiceAccount AGENTS = new Principal.ServiceAccount("proffer", "agent");
    private static final String NODE = "agent.example";
    private static final Review ACCEPTED = accepted(AGENTS, Optional.of(NODE));

    private volatile TokenReviews answer = _ -> ACCEPTED;
    private final MasterUnderTest master = new MasterUnderTest(
            new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging),
            MasterUnderTest.settings(),
            new AnonymousAuthenticator(),
            AgentLinkSettings.plain("127.0.0.1", 0),
            WriterSettings.defaults(),
            Optional.empty(),
            new NodeTokenCheck(
                    new TokenReviewer(
                            token -> answer.review(token),
                            TestTokens.AUDIENCE,
                            ReviewSettings.DEFAULTS,
                            MasterUnderTest::now),
                    AGENTS,
                    MasterUnderTest::now));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void anAgentOnItsNodeIsLetInAndItsTokenKeptFromTheCore() throws Exception {
        try (var agent = hello(token(3600))) {
            var hello = (MasterInput.AgentHello) next();
            assertThat(hello.hello().hasToken()).isFalse();
            agent.send(AgentFrame.newBuilder()
                    .setTerm(MasterUnderTest.TERM)
                    .setSession(hello.link().value())
                    .setInventory(Inventory.newBuilder().setLast(true))
                    .build());
            assertThat(next()).isInstanceOf(MasterInput.AgentInventory.class);
        }
        assertThat(next()).isInstanceOf(MasterInput.LinkClosed.class);
    }

    @Test
    void anotherNodesTokenIsRefused() throws IOException {
        answer = _ -> accepted(AGENTS, Optional.of("node-2"));
        try (var agent = hello(token(3600))) {
            assertThat(refusal(agent)).contains("from the node 'node-2'", "'agent.example'");
        }
        assertThat(master.core.inputs).isEmpty();
    }

    @Test
    void aTokenThatNamesNoNodeIsRefused() throws IOException {
        answer = _ -> accepted(AGENTS, Optional.empty());
        try (var agent = hello(token(3600))) {
            assertThat(refusal(agent)).contains("names no node");
        }
    }

    @Test
    void aFrameworksTokenIsRefused() throws IOException {
        answer = _ -> accepted(new Principal.ServiceAccount("spark", "driver"), Optional.of(NODE));
        try (var agent = hello(token(3600))) {
            assertThat(refusal(agent)).contains("spark:driver", "proffer/agent");
        }
    }

    @Test
    void aRefusedTokenIsToldWhy() throws IOException {
        answer = _ -> new Review.Refused("service account has been deleted");
        try (var agent = hello(token(3600))) {
            assertThat(refusal(agent)).contains("service account has been deleted");
        }
    }

    @Test
    void anAgentWithoutATokenIsToldWhatIsMissing() throws IOException {
        try (var agent = new FakeAgent(master.agents.port()).sendHello()) {
            assertThat(refusal(agent)).contains("sent no token", "proffer.agent.token");
        }
    }

    @Test
    void anAgentThatCannotBeJudgedNowIsSentAwayForNow() throws IOException {
        answer = _ -> {
            throw new IOException("no route");
        };
        try (var agent = hello(token(3600))) {
            var refused = agent.read().orElseThrow().getRefused();
            assertThat(refused.getReason()).contains("cannot be reviewed at the moment");
            assertThat(refused.getPermanent()).isFalse();
        }
    }

    /** Otherwise anybody could drive a leader out of its term. */
    @Test
    void aStrangersTermIsNotBelieved() throws Exception {
        answer = _ -> new Review.Refused("unknown");
        try (var agent = new FakeAgent(master.agents.port())) {
            var boast = TermHolder.newBuilder().setTerm(Long.MAX_VALUE).setHolder("me");
            agent.send(AgentFrame.newBuilder()
                    .setHello(FakeAgent.hello().setToken(token(3600)).setAccepted(boast))
                    .build());
            assertThat(refusal(agent)).contains("unknown");
            assertThat(agent.read()).isEmpty();
        }
        assertThat(master.termsSeen).isEmpty();
    }

    @Test
    void whoLeadsIsToldToAnybody() throws IOException {
        try (var agent = new FakeAgent(master.agents.port())) {
            agent.send(
                    AgentFrame.newBuilder().setProbe(Probe.getDefaultInstance()).build());
            assertThat(agent.read().orElseThrow().getLeading().getLeader().getTerm())
                    .isEqualTo(MasterUnderTest.TERM);
        }
    }

    @Test
    void aLinkEndsWhenItsTokenExpires() throws Exception {
        try (var agent = hello(token(2))) {
            assertThat(next()).isInstanceOf(MasterInput.AgentHello.class);
            assertThat(refusal(agent)).contains("has expired");
            assertThat(agent.read()).isEmpty();
        }
        assertThat(((MasterInput.LinkClosed) next()).reason()).contains("has expired");
    }

    @Test
    void aNewerTokenKeepsTheLinkUp() throws Exception {
        try (var agent = hello(token(3))) {
            assertThat(next()).isInstanceOf(MasterInput.AgentHello.class);
            renew(agent, token(3600));
            agent.socket.setSoTimeout(4_000);
            Assertions.assertThatThrownBy(agent::read).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aNewerTokenFromAnotherNodeEndsTheLink() throws Exception {
        try (var agent = hello(token(3600))) {
            assertThat(next()).isInstanceOf(MasterInput.AgentHello.class);
            answer = _ -> accepted(AGENTS, Optional.of("node-2"));
            renew(agent, token(7200));
            assertThat(refusal(agent)).contains("'node-2'");
        }
    }

    private FakeAgent hello(String token) throws IOException {
        return new FakeAgent(master.agents.port())
                .send(AgentFrame.newBuilder()
                        .setHello(FakeAgent.hello().setToken(token))
                        .build());
    }

    private static void renew(FakeAgent agent, String token) throws IOException {
        agent.send(AgentFrame.newBuilder()
                .setRenewal(Renewal.newBuilder().setToken(token))
                .build());
    }

    private static String refusal(FakeAgent agent) throws IOException {
        return agent.read().map(MasterFrame::getRefused).orElseThrow().getReason();
    }

    private MasterInput next() throws InterruptedException {
        var input = master.core.inputs.poll(10, TimeUnit.SECONDS);
        assertThat(input).isNotNull();
        return input;
    }

    private static String token(int seconds) {
        return TestTokens.of("agent", Instant.now().plus(Duration.ofSeconds(seconds)));
    }

    private static Review accepted(Principal.ServiceAccount account, Optional<String> node) {
        return new Review.Accepted(Principal.serviceAccount(account.namespace(), account.name()), node);
    }
}
