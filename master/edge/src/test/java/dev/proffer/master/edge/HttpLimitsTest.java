package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that ask for too much, take too long or talk nonsense. */
class HttpLimitsTest {
    private static final int BODY_LIMIT = 100_000;
    private static final String POST = "POST /api/v1/scheduler HTTP/1.1\r\nHost: h";
    private static final String JSON = "Content-Type: application/json";

    private final MasterUnderTest master = master(BODY_LIMIT, Duration.ofSeconds(75));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void anAnnouncedBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send(RawHttp.head(POST, JSON, "Expect: 100-continue", "Content-Length: 2000000000"));
            assertThat(client.readHead().status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedWhenItGrowsTooLarge() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send(RawHttp.head(POST, JSON, "Transfer-Encoding: chunked"));
            for (int i = 0; i <= BODY_LIMIT / 10_000; i++) {
                client.send("2710\r\n" + " ".repeat(10_000) + "\r\n");
            }
            assertThat(client.readHead().status()).isEqualTo(413);
        }
    }

    @Test
    void anOrdinaryClientSeesTheRefusalOfALargeBody() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + master.http.port() + "/api/v1/scheduler"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(20 * BODY_LIMIT)))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains(Integer.toString(BODY_LIMIT));
        }
    }

    @Test
    void clientsThatWaitForLeaveToSendTheirBodyGetIt() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send(RawHttp.head(
                    POST, JSON, "Expect: 100-continue", "Content-Length: " + SchedulerApiTest.DECLINE.length()));
            assertThat(client.readHead().status()).isEqualTo(100);
            client.send(SchedulerApiTest.DECLINE);
            assertThat(client.readHead().status()).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @MethodSource
    void nonsenseIsRefusedOrHungUpOn(String nonsense) throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send(nonsense);
            client.socket.shutdownOutput();
            assertThat(client.hangsUp()).isTrue();
        }
        assertStillServing();
    }

    static Stream<String> nonsenseIsRefusedOrHungUpOn() {
        return Stream.of(
                RawHttp.head("NONSENSE"),
                RawHttp.head("GET /health HTTP/9.9"),
                RawHttp.head("\u0000\u0001\u0002\u0003"),
                RawHttp.head(POST, JSON, "Content-Length: -5"),
                RawHttp.head(POST, JSON, "Content-Length: many"),
                RawHttp.head(POST, JSON, "Transfer-Encoding: chunked") + "zz\r\n");
    }

    @Test
    void tooManyHeadersAreRefused() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send("GET /health HTTP/1.1\r\n" + "X-Flood: 0123456789\r\n".repeat(5_000) + "\r\n");
            assertThat(client.readHead().status()).isEqualTo(431);
        }
        assertStillServing();
    }

    @Test
    void aRequestLineWithoutEndIsRefused() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(414);
        }
        assertStillServing();
    }

    @Test
    void clientsThatDribbleAreHungUpOn() throws IOException {
        try (var impatient = master(BODY_LIMIT, Duration.ofMillis(200));
                var silent = RawHttp.connect(impatient.http.port());
                var head = RawHttp.connect(impatient.http.port());
                var body = RawHttp.connect(impatient.http.port());
                var idle = RawHttp.connect(impatient.http.port());
                var stream = RawHttp.connect(impatient.http.port())) {
            head.send("POST /api/v1/sched");
            body.send(RawHttp.head(POST, JSON, "Content-Length: 100") + "{");
            idle.send("GET /health HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            stream.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE).readHead();
            assertThat(silent.hangsUp()).isTrue();
            assertThat(head.hangsUp()).isTrue();
            assertThat(body.hangsUp()).isTrue();
            assertThat(idle.hangsUp()).isTrue();
            assertThat(stream.readChunk()).contains("SUBSCRIBED"); // It is the master's turn there.
            assertThat(impatient.term.streams().streams()).isEqualTo(1);
        }
    }

    private void assertStillServing() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(client.send("GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readHead()
                            .status())
                    .isEqualTo(200);
        }
    }

    private static MasterUnderTest master(int bodyLimit, Duration requestTimeout) {
        return new MasterUnderTest(
                new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging),
                MasterUnderTest.with(MasterUnderTest.settings(), bodyLimit, 32 << 20, requestTimeout),
                new AnonymousAuthenticator(),
                AgentLinkSettings.plain("127.0.0.1", 0));
    }
}
