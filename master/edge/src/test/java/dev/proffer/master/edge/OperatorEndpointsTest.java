package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.edge.http.Leader;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators, tools and clients in search of the leader read. */
class OperatorEndpointsTest {
    private final MasterUnderTest master =
            new MasterUnderTest(new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging));

    @AfterEach
    void stop() {
        master.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/redirect", "/master/redirect", "http://127.0.0.1:5050/redirect"})
    void theLeaderRedirectsToItself(String target) throws IOException {
        var head = get(target);
        assertThat(head.status()).isEqualTo(307);
        assertThat(head.header("location")).isEqualTo("//master.example:5050");
        assertThat(head.header("content-length")).isEqualTo("0");
    }

    @Test
    void aStandbyRedirectsToTheLeader() throws IOException {
        master.leader = new Leader.Elsewhere("leader.example:5051");
        assertThat(get("/redirect").header("location")).isEqualTo("//leader.example:5051");
        assertThat(get("/state?x=1").status()).isEqualTo(307);
        assertThat(get("/state?x=1").header("location")).isEqualTo("//leader.example:5051/state?x=1");
        assertThat(get("/version").status()).isEqualTo(200);
    }

    @Test
    void withoutALeaderThereIsNowhereToGo() throws IOException {
        master.leader = new Leader.Unknown();
        for (var path : new String[] {"/redirect", "/state", "/health"}) {
            var head = get(path);
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("retry-after")).isNotEmpty();
        }
    }

    @Test
    void healthIsTwoHundredAndNothing() throws IOException {
        var head = get("/health");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("0");
    }

    @Test
    void readEndpointsTakeGetOnly() throws IOException {
        for (var path : new String[] {"/redirect", "/state", "/state-summary", "/health", "/version"}) {
            try (var client = RawHttp.connect(master.http.port())) {
                var head = client.postJson(path, "{}").readHead();
                assertThat(head.status()).isEqualTo(405);
                assertThat(head.header("allow")).isEqualTo("GET");
            }
        }
    }

    private RawHttp.Head get(String target) throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            return client.send(RawHttp.head("GET " + target + " HTTP/1.1", "Host: h"))
                    .readHead();
        }
    }
}
