package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.explain.Explanation;
import dev.proffer.allocator.explain.Reason;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /api/proffer/v1/explain}. */
class ExplainEndpointTest {
    private static final RolePath ENG = new RolePath("eng");

    private final HttpClient client = HttpClient.newHttpClient();
    private final MasterUnderTest master =
            new MasterUnderTest(new ScriptedCore(snapshot(), ExplainEndpointTest::answer));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void everyAgentHasItsReasonWithItsFigures() throws Exception {
        var answer = get("framework=F1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body())
                .contains("\"framework_id\":\"F1\"")
                .contains("\"agents_by_reason\":{\"LimitReached\":1}")
                .contains("\"agent_id\":\"S1\"")
                .contains("\"reason\":\"LimitReached\"")
                .contains(
                        "\"message\":\"role 'eng' may have 2 of cpus: 2 is consumed, 0 is promised to others below it,"
                                + " and 1 is free here\"")
                .contains("\"reason\":\"WouldBeOffered\"");
    }

    @Test
    void frameworkIsFoundByItsNameIfNoOtherHasIt() throws Exception {
        assertThat(get("framework=web").body()).contains("\"framework_id\":\"F1\"");

        var ambiguous = get("framework=batch");
        assertThat(ambiguous.statusCode()).isEqualTo(400);
        assertThat(ambiguous.body()).contains("name one by its id: F2, F3");
        assertThat(get("framework=F3").statusCode()).isEqualTo(200);
    }

    @Test
    void badQuestionsNameTheParameter() throws Exception {
        assertThat(get("role=eng").statusCode()).isEqualTo(400);
        assertThat(get("role=eng").body()).startsWith("'framework' is missing");
        assertThat(get("framework=F1&role=/eng").statusCode()).isEqualTo(400);
        assertThat(get("framework=F1&role=/eng").body()).startsWith("'role': ");
        assertThat(get("framework=nobody").statusCode()).isEqualTo(404);
        assertThat(get("framework=F1&role=other").statusCode()).isEqualTo(404);
        assertThat(get("framework=F1&role=other").body()).isEqualTo("F1 has no role other");
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + master.http.port() + "/api/proffer/v1/explain?" + query);
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private static List<MasterEffect> answer(MasterInput input) {
        return switch (input) {
            case MasterInput.ExplainRequested(var request, var framework, var role, var _) ->
                List.of(new MasterEffect.Explain(
                        request,
                        role.filter(asked -> !asked.equals(ENG)).isPresent()
                                ? new Explained.Unknown(framework.value() + " has no role " + role.get())
                                : known(framework)));
            case MasterInput _ -> List.of();
        };
    }

    private static Explained.Known known(FrameworkId framework) {
        var limit = new Reason.LimitReached(ENG, "cpus", 2000, 2000, 0, 1000);
        var reasons = new TreeMap<AgentId, List<Reason>>(
                Map.of(new AgentId("S1"), List.of(limit), new AgentId("S2"), List.of()));
        return new Explained.Known(
                framework,
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(new Explained.OfRole(
                        ENG, Optional.empty(), Optional.of(new Explanation(framework, ENG, reasons)))),
                0);
    }

    private static MasterSnapshot snapshot() {
        var empty = Snapshots.empty();
        return new MasterSnapshot(
                empty.leadership(),
                empty.startedAt(),
                empty.takenAt(),
                empty.agents(),
                empty.recoveredAgents(),
                empty.unreachableAgents(),
                empty.goneAgents(),
                List.of(framework("F1", "web"), framework("F2", "batch"), framework("F3", "batch")),
                empty.completedFrameworks(),
                empty.policy(),
                empty.counters());
    }

    private static FrameworkSnapshot framework(String id, String name) {
        return new FrameworkSnapshot(
                new FrameworkId(id),
                FrameworkInfo.newBuilder().setUser("").setName(name).build(),
                Optional.empty(),
                FrameworkSnapshot.State.CONNECTED,
                List.of(ENG),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
