package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.edge.http.Leader;
import dev.proffer.protocol.v1.scheduler.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scheduler may say, and what it is told when it may not. */
class SchedulerApiTest {
    static final String PATH = "/api/v1/scheduler";
    static final String SUBSCRIBE =
            "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"u\",\"name\":\"n\"}}}";
    static final String DECLINE =
            "{\"framework_id\":{\"value\":\"f\"},\"type\":\"DECLINE\",\"decline\":{\"offer_ids\":[{\"value\":\"o\"}]}}";

    private final MasterUnderTest master =
            new MasterUnderTest(new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void subscribersGetOneRecordPerChunk() throws Exception {
        try (var client = RawHttp.connect(master.http.port())) {
            var head = client.postJson(PATH, SUBSCRIBE).readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("transfer-encoding", "chunked")
                    .doesNotContainKey("content-encoding");
            assertThat(client.readChunk()).contains("\n{\"type\":\"SUBSCRIBED\"");
            assertThat(client.readChunk()).isEqualTo("20\n{\"type\":\"HEARTBEAT\"}");
            var subscribe = (MasterInput.Subscribe) next();
            assertThat(subscribe.stream()).isEqualTo(new StreamId(head.header("mesos-stream-id")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/scheduler", "/master/api/v1/scheduler", "http://elsewhere:1/api/v1/scheduler"})
    void targetsMayBeInAbsoluteForm(String target) throws IOException {
        assertThat(answerTo(target, DECLINE).status()).isEqualTo(202);
    }

    @Test
    void acceptedCallsAreAnsweredWith202AndNothing() throws Exception {
        try (var client = RawHttp.connect(master.http.port())) {
            for (int i = 0; i < 3; i++) { // Over one connection.
                var head = client.postJson(PATH, DECLINE, "MESOS-stream-ID: s1").readHead();
                assertThat(head.status()).isEqualTo(202);
                assertThat(head.headers()).containsEntry("content-length", "0").doesNotContainKey("content-type");
                var call = (MasterInput.SchedulerCall) next();
                assertThat(call.stream()).isEqualTo(Optional.of(new StreamId("s1")));
                assertThat(call.call().getType()).isEqualTo(Call.Type.DECLINE);
            }
        }
    }

    @Test
    void theCoresRefusalIsPlainTextWithItsLength() throws IOException {
        try (var refusing = new MasterUnderTest(new ScriptedCore(Snapshots.empty(), input -> switch (input) {
                    case MasterInput.SchedulerCall call ->
                        List.of(new MasterEffect.Respond(call.request(), 403, "Not subscribed."));
                    case MasterInput _ -> List.of();
                }));
                var client = RawHttp.connect(refusing.http.port())) {
            var head = client.postJson(PATH, DECLINE).readHead();
            assertThat(head.status()).isEqualTo(403);
            assertThat(head.header("content-type")).isEqualTo("text/plain");
            assertThat(client.readBody(head)).isEqualTo("Not subscribed.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "nonsense",
                "{\"type\":\"SUBSCRIBE\"}",
                "{\"type\":7}",
                "{\"type\":\"NONE_SUCH\"}",
                "{\"type\":\"DECLINE\",\"decline\":{}}",
                "{\"framework_id\":{\"value\":\"f\"},\"type\":\"DECLINE\"}",
                "{\"framework_id\":{\"value\":\"f\"},\"type\":\"DECLINE\",\"decline\":{\"offer_ids\":[{}]}}"
            })
    void malformedBodiesAreRefusedWithAReason(String body) throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            var head = client.postJson(PATH, body).readHead();
            assertThat(head.status()).isEqualTo(400);
            assertThat(head.header("content-type")).isEqualTo("text/plain");
            assertThat(client.readBody(head)).isNotEmpty().doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void malformedProtobufIsRefused() throws IOException {
        assertThat(answer("POST " + PATH + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n"
                                + "Content-Length: 3\r\n\r\n\u00ff\u00ff\u00ff")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aMissingContentTypeIsRefused() throws IOException {
        assertThat(answer("POST " + PATH + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "application/JSON", "text/plain", "application/protobuf"})
    void anyOtherContentTypeIsRefused(String contentType) throws IOException {
        assertThat(answer("POST " + PATH + " HTTP/1.1\r\nHost: h\r\nContent-Type: " + contentType
                                + "\r\nContent-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void anAcceptThatAllowsNoMediaTypeIsRefusedForSubscribeOnly() throws IOException {
        assertThat(answer(post(SUBSCRIBE, "Accept: text/html")).status()).isEqualTo(406);
        assertThat(answer(post(SUBSCRIBE, "Accept: application/json;q=0, application/x-protobuf;q=0"))
                        .status())
                .isEqualTo(406);
        assertThat(answer(post(DECLINE, "Accept: text/html")).status()).isEqualTo(202);
    }

    @Test
    void acceptDecidesTheStreamsEncoding() throws IOException {
        assertThat(answer(post(SUBSCRIBE)).header("content-type")).isEqualTo("application/json");
        assertThat(answer(post(SUBSCRIBE, "Accept: */*")).header("content-type"))
                .isEqualTo("application/json");
        assertThat(answer(post(SUBSCRIBE, "Accept: application/x-protobuf, application/x-protobuf"))
                        .header("content-type"))
                .isEqualTo("application/x-protobuf");
    }

    @Test
    void subscribeWithAStreamIdIsRefused() throws IOException {
        assertThat(answer(post(SUBSCRIBE, "Mesos-Stream-Id: s1")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void anyOtherMethodIsRefused(String method) throws IOException {
        var head = answer(method + " " + PATH + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.header("allow")).isEqualTo("POST");
    }

    @Test
    void unknownPathsAreNotFound() throws IOException {
        assertThat(answerTo("/api/v1/scheduler/", DECLINE).status()).isEqualTo(404);
        assertThat(answerTo("/api/v1/../v1/scheduler", DECLINE).status()).isEqualTo(404);
    }

    @Test
    void aStandbySendsSchedulersToTheLeaderBeforeItLooksAtAnythingElse() throws IOException {
        master.leader = new Leader.Elsewhere("leader.example:5051");
        var head = answer("GET http://h:1/master/api/v1/scheduler?a=b HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(head.status()).isEqualTo(307);
        assertThat(head.header("location")).isEqualTo("//leader.example:5051/master/api/v1/scheduler?a=b");
    }

    @Test
    void whileNobodyLeadsOrTheLeaderIsNotReadyClientsComeBackLater() throws IOException {
        for (var leader : List.of(new Leader.Unknown(), new Leader.Recovering())) {
            master.leader = leader;
            var head = answer(post(SUBSCRIBE));
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("retry-after")).isEqualTo("2");
        }
    }

    @Test
    void largeCallsAreDecodedAsWell() throws Exception {
        var offers = "{\"value\":\"some-offer-id\"},".repeat(20_000);
        var decline = "{\"framework_id\":{\"value\":\"f\"},\"type\":\"DECLINE\",\"decline\":{\"offer_ids\":["
                + offers.substring(0, offers.length() - 1) + "]}}";
        assertThat(answer(post(decline)).status()).isEqualTo(202);
        assertThat(((MasterInput.SchedulerCall) next()).call().getDecline().getOfferIdsCount())
                .isEqualTo(20_000);
    }

    private MasterInput next() throws InterruptedException {
        return Optional.ofNullable(master.core.inputs.poll(5, TimeUnit.SECONDS)).orElseThrow();
    }

    private RawHttp.Head answerTo(String target, String body) throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            return client.postJson(target, body).readHead();
        }
    }

    private RawHttp.Head answer(String request) throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            return client.send(request).readHead();
        }
    }

    private static String post(String body, String... headers) {
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + PATH + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + more + "\r\n" + body;
    }
}
