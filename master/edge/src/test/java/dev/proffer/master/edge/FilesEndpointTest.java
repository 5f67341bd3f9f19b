package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MaintenanceSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.Authenticator.Verdict;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Principal;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.FileContent.Outcome;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/proffer/v1/files/read}. */
class FilesEndpointTest {
    private static final String VIEWER = "system:serviceaccount:proffer:proffer-viewer";
    private static final String OWNER = "system:serviceaccount:team-a:batch";
    private static final String STDOUT = "agent=S1&framework=F1&executor=t1&path=stdout";

    private final HttpClient client = HttpClient.newHttpClient();
    private final MasterUnderTest master = new MasterUnderTest(
            new ScriptedCore(snapshot(), _ -> List.of()),
            MasterUnderTest.settings(),
            believing(),
            AgentLinkSettings.plain("127.0.0.1", 0));

    @AfterEach
    void stop() {
        client.close();
        master.close();
    }

    @Test
    void aPartComesFromTheAgentAsItIs() throws Exception {
        try (var agent = new FakeAgent(master.agents.port())) {
            var link = register(agent);
            var answer = get(VIEWER, STDOUT + "&offset=3&length=5&container=c1");
            var asked = agent.read().orElseThrow();
            assertThat(asked.getSession()).isEqualTo(link.value());
            assertThat(asked.getTerm()).isEqualTo(MasterUnderTest.TERM);
            var request = asked.getReadFile();
            assertThat(request.getExecutorId().getValue()).isEqualTo("t1");
            assertThat(request.getContainerId()).isEqualTo("c1");
            assertThat(request.getOffset()).isEqualTo(3);
            assertThat(request.getLength()).isEqualTo(5);
            answer(
                    agent,
                    link,
                    request,
                    FileContent.newBuilder()
                            .setOutcome(Outcome.READ)
                            .setData(ByteString.copyFromUtf8("défg"))
                            .setSize(100));

            var response = answer.get(30, TimeUnit.SECONDS);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("défg");
            assertThat(response.headers().firstValue("Proffer-File-Size")).hasValue("100");
            assertThat(response.headers().firstValue("Proffer-Task-Running")).hasValue("false");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void theFrameworkItselfMayReadAndNoOtherTenant() throws Exception {
        assertThat(get(OWNER, STDOUT).get().statusCode()).isEqualTo(503);
        var refused = get("system:serviceaccount:team-b:curious", STDOUT).get();
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("F1");
        assertThat(get("system:serviceaccount:team-b:proffer-viewer", STDOUT)
                        .get()
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("", STDOUT).get().statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, 404",
        "REFUSED, 400",
        "BUSY, 503",
        "FAILED, 502",
    })
    void whatTheAgentCannotReadIsSaid(Outcome outcome, int status) throws Exception {
        try (var agent = new FakeAgent(master.agents.port())) {
            var link = register(agent);
            var answer = get(VIEWER, STDOUT);
            var request = agent.read().orElseThrow().getReadFile();
            assertThat(request.getLength()).isEqualTo(65_536);
            answer(
                    agent,
                    link,
                    request,
                    FileContent.newBuilder().setOutcome(outcome).setProblem("of some problem"));
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "framework=F1&executor=t1&path=stdout, 'agent'",
                "agent=S1&executor=t1&path=stdout, 'framework'",
                "agent=S1&framework=F1&path=stdout, 'executor'",
                "agent=S1&framework=F1&executor=t1, 'path'",
                "agent=S1&framework=F1&executor=t1&path=stdout&offset=-1, 'offset'",
                "agent=S1&framework=F1&executor=t1&path=stdout&length=65537, 'length'",
                "agent=S1&framework=F1&executor=t1&path=stdout&length=all, 'length'"
            })
    void badQuestionsNameTheParameter(String query, String parameter) throws Exception {
        var answer = get(VIEWER, query).get();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith(parameter);
    }

    @Test
    void whoIsNotThereIsSaid() throws Exception {
        assertThat(get(VIEWER, STDOUT).get().statusCode()).isEqualTo(503);
        assertThat(get(VIEWER, STDOUT.replace("S1", "S9")).get().statusCode()).isEqualTo(404);
        assertThat(get(VIEWER, STDOUT.replace("F1", "F9")).get().statusCode()).isEqualTo(404);
    }

    @Test
    void anAgentThatHangsUpEndsItsReads() throws Exception {
        CompletableFuture<HttpResponse<String>> answer;
        try (var agent = new FakeAgent(master.agents.port())) {
            register(agent);
            answer = get(VIEWER, STDOUT);
            agent.read();
        }
        assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void ofOneAgentOnlyAFewAreReadAtATime() throws Exception {
        try (var agent = new FakeAgent(master.agents.port())) {
            var link = register(agent);
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            var requests = new ArrayList<ReadFile>();
            for (int i = 0; i < 4; i++) {
                answers.add(get(VIEWER, STDOUT));
                requests.add(agent.read().orElseThrow().getReadFile());
            }
            assertThat(get(VIEWER, STDOUT).get(30, TimeUnit.SECONDS).statusCode())
                    .isEqualTo(503);
            for (var request : requests) {
                answer(agent, link, request, FileContent.newBuilder().setOutcome(Outcome.READ));
            }
            for (var answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        }
    }

    private LinkId register(FakeAgent agent) throws IOException, InterruptedException {
        agent.sendHello();
        var hello = (MasterInput.AgentHello) Objects.requireNonNull(master.core.inputs.poll(30, TimeUnit.SECONDS));
        master.term
                .links()
                .send(
                        hello.link(),
                        MasterFrame.newBuilder()
                                .setRegistered(Registered.newBuilder()
                                        .setAgentId(AgentID.newBuilder().setValue("S1"))
                                        .setPingIntervalSeconds(5)
                                        .setPingTimeoutSeconds(15))
                                .build());
        assertThat(agent.read().orElseThrow().hasRegistered()).isTrue();
        return hello.link();
    }

    private static void answer(FakeAgent agent, LinkId link, ReadFile request, FileContent.Builder content)
            throws IOException {
        agent.send(AgentFrame.newBuilder()
                .setTerm(MasterUnderTest.TERM)
                .setSession(link.value())
                .setFileContent(content.setRequest(request.getRequest()))
                .build());
    }

    private CompletableFuture<HttpResponse<String>> get(String who, String query) {
        var uri = URI.create("http://127.0.0.1:" + master.http.port() + "/api/proffer/v1/files/read?" + query);
        var request = HttpRequest.newBuilder(uri);
        if (!who.isEmpty()) {
            request.header("Authorization", who);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Whoever says who he is. */
    private static Authenticator believing() {
        return authorization -> CompletableFuture.completedStage(
                new Verdict.Accepted(new Identity(authorization.map(Principal::named), Proof.LASTING)));
    }

    private static MasterSnapshot snapshot() {
        var empty = Snapshots.empty();
        return new MasterSnapshot(
                empty.leadership(),
                empty.startedAt(),
                empty.takenAt(),
                List.of(agent()),
                empty.recoveredAgents(),
                empty.unreachableAgents(),
                empty.goneAgents(),
                List.of(framework()),
                empty.completedFrameworks(),
                empty.policy(),
                empty.counters());
    }

    private static AgentSnapshot agent() {
        return new AgentSnapshot(
                new AgentId("S1"),
                AgentInfo.newBuilder().setHostname("agent.example").build(),
                List.of(),
                "0.1.0",
                "127.0.0.1:1234",
                true,
                Instant.EPOCH,
                Optional.empty(),
                Resources.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                MaintenanceSnapshot.NONE);
    }

    private static FrameworkSnapshot framework() {
        return new FrameworkSnapshot(
                new FrameworkId("F1"),
                FrameworkInfo.newBuilder()
                        .setUser("")
                        .setName("batch")
                        .setPrincipal(OWNER)
                        .build(),
                Optional.empty(),
                FrameworkSnapshot.State.CONNECTED,
                List.of(),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
