package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.identity.BasicCheck;
import dev.proffer.master.edge.identity.CredentialCheck;
import dev.proffer.master.edge.identity.CredentialFolder;
import dev.proffer.master.edge.identity.ReviewSettings;
import dev.proffer.master.edge.identity.SchemeAuthenticator;
import dev.proffer.master.edge.identity.TestTokens;
import dev.proffer.master.edge.identity.TokenCheck;
import dev.proffer.master.edge.identity.TokenReviewer;
import dev.proffer.master.edge.identity.TokenReviews;
import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who clients say they are, and what becomes of those who cannot prove it. */
class AuthenticationTest {
    private static final Review ACCEPTED =
            new Review.Accepted(Principal.serviceAccount("spark", "driver"), Optional.empty());

    @TempDir
    private Path secrets;

    private final List<MasterUnderTest> masters = new ArrayList<>();
    private final String token = TestTokens.of("driver", Instant.now().plus(Duration.ofHours(1)));
    private volatile TokenReviews answer = _ -> ACCEPTED;

    @BeforeEach
    void writeSecret() throws IOException {
        write(BasicCredential.of("jenkins", "salt", "s3cret"));
    }

    @AfterEach
    void stop() {
        masters.forEach(MasterUnderTest::close);
    }

    @Test
    void aServiceAccountIsNamedToTheCore() throws Exception {
        var master = master(tokens());
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, "Bearer " + token).status()).isEqualTo(200);
            var subscribe = (MasterInput.Subscribe) master.core.inputs.take();
            assertThat(subscribe.principal()).contains(Principal.serviceAccount("spark", "driver"));
        }
    }

    @Test
    void aRefusedTokenIsToldWhyAndNeverRepeated() throws IOException {
        answer = _ -> new Review.Refused("it was revoked");
        var master = master(tokens());
        try (var client = RawHttp.connect(master.http.port())) {
            var head = subscribe(client, "Bearer " + token);
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("www-authenticate")).isEqualTo("Bearer realm=\"mesos-master-scheduler\"");
            assertThat(client.readBody(head)).contains("it was revoked").doesNotContain(token);
        }
        assertThat(master.core.inputs).isEmpty();
    }

    @Test
    void whileNobodyCanBeAskedClientsComeBackLater() throws IOException {
        answer = _ -> {
            throw new IOException("no route");
        };
        try (var client = RawHttp.connect(master(tokens()).http.port())) {
            var head = subscribe(client, "Bearer " + token);
            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("retry-after")).isNotEmpty();
        }
    }

    @Test
    void withoutCredentialsTheChallengeIsMesos() throws IOException {
        try (var client = RawHttp.connect(master(basic()).http.port())) {
            var head = subscribe(client, "");
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("www-authenticate")).isEqualTo("Basic realm=\"mesos-master-scheduler\"");
            assertThat(client.readBody(head)).startsWith("401 Unauthorized.");
        }
    }

    @Test
    void readersAreChallengedForTheirRealm() throws IOException {
        try (var client = RawHttp.connect(master(basic()).http.port())) {
            var head =
                    client.send(RawHttp.head("GET /state HTTP/1.1", "Host: h")).readHead();
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("www-authenticate")).isEqualTo("Basic realm=\"mesos-master-readonly\"");
        }
    }

    @Test
    void healthAndTheLeaderAreToldToAnybody() throws IOException {
        var master = master(basic());
        for (var path : List.of("/health", "/redirect", "/version")) {
            try (var client = RawHttp.connect(master.http.port())) {
                assertThat(client.send(RawHttp.head("GET " + path + " HTTP/1.1", "Host: h"))
                                .readHead()
                                .status())
                        .isLessThan(400);
            }
        }
    }

    @Test
    void aPrincipalWithItsSecretIsLetIn() throws Exception {
        var master = master(basic());
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic("jenkins:s3cret")).status()).isEqualTo(200);
            var subscribe = (MasterInput.Subscribe) master.core.inputs.take();
            assertThat(subscribe.principal()).contains(Principal.named("jenkins"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jenkins:wrong", "nobody:s3cret", "jenkins", "jenkins:s3cret:", "jenkins:", ":", "nobody:"})
    void wrongPairsAreRefused(String pair) throws IOException {
        var master = master(basic());
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic(pair)).status()).isEqualTo(401);
        }
        assertThat(master.core.inputs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Digest a=b", "Bearer", "nonsense"})
    void malformedCredentialsAreRefused(String header) throws IOException {
        try (var client = RawHttp.connect(master(basic()).http.port())) {
            assertThat(subscribe(client, header).status()).isEqualTo(401);
        }
    }

    @Test
    void aListenerMayTakeSeveralKindsOfCredentials() throws IOException {
        var master = master(new SchemeAuthenticator(List.of(secretCheck(), tokenCheck()), /* anonymous= */ false));
        for (var header : List.of("bearer " + token, basic("jenkins:s3cret"))) {
            try (var client = RawHttp.connect(master.http.port())) {
                assertThat(subscribe(client, header).status()).isEqualTo(200);
            }
        }
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, "").header("www-authenticate")).startsWith("Bearer realm=");
        }
    }

    @Test
    void whereNamesAreOptionalAWrongOneIsStillRefused() throws IOException {
        var master = master(new SchemeAuthenticator(List.of(secretCheck()), /* anonymous= */ true));
        try (var client = RawHttp.connect(master.http.port());
                var impostor = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, "").status()).isEqualTo(200);
            assertThat(subscribe(impostor, basic("jenkins:wrong")).status()).isEqualTo(401);
        }
    }

    @Test
    void aStreamEndsWhenItsTokenExpires() throws IOException {
        var master = master(tokens());
        var expiry = Instant.now().plusSeconds(2);
        try (var client = RawHttp.connect(master.http.port())) {
            subscribe(client, "Bearer " + TestTokens.of("driver", expiry));
            assertThat(client.readChunk()).contains("SUBSCRIBED");
            assertThat(client.readChunk()).contains("HEARTBEAT");
            assertThat(client.readChunk()).isEmpty();
            assertThat(Instant.now()).isBetween(expiry.minusSeconds(1), expiry.plusSeconds(5));
        }
        assertThat(streamEnd(master)).contains("expired");
    }

    @Test
    void aCallWithANewerTokenKeepsItsStreamOpen() throws IOException {
        var master = master(tokens());
        var first = TestTokens.of("driver", Instant.now().plusSeconds(3));
        try (var client = RawHttp.connect(master.http.port());
                var calls = RawHttp.connect(master.http.port())) {
            var head = subscribe(client, "Bearer " + first);
            client.readChunk();
            client.readChunk();
            var stream = "Mesos-Stream-Id: " + head.header("mesos-stream-id");
            assertThat(calls.postJson(
                                    SchedulerApiTest.PATH,
                                    SchedulerApiTest.DECLINE,
                                    stream,
                                    "Authorization: Bearer " + token)
                            .readHead()
                            .status())
                    .isEqualTo(202);
            client.socket.setSoTimeout(4_000);
            assertThat(client.hangsUp()).isFalse();
        }
    }

    @Test
    void somebodyElsesTokenKeepsNoStreamOpen() throws IOException {
        var first = TestTokens.of("driver", Instant.now().plusSeconds(3));
        answer =
                asked -> asked.equals(first) ? ACCEPTED : new Review.Accepted(Principal.named("eve"), Optional.empty());
        var master = master(tokens());
        try (var client = RawHttp.connect(master.http.port());
                var calls = RawHttp.connect(master.http.port())) {
            var head = subscribe(client, "Bearer " + first);
            client.readChunk();
            client.readChunk();
            var stream = "Mesos-Stream-Id: " + head.header("mesos-stream-id");
            calls.postJson(SchedulerApiTest.PATH, SchedulerApiTest.DECLINE, stream, "Authorization: Bearer " + token)
                    .readHead();
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void aStreamEndsSoonAfterItsTokenWasRevoked() throws IOException {
        var master = master(tokens(new ReviewSettings(
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                10,
                10,
                4,
                10)));
        try (var client = RawHttp.connect(master.http.port())) {
            subscribe(client, "Bearer " + token);
            client.readChunk();
            client.readChunk();
            answer = _ -> new Review.Refused("revoked");
            assertThat(client.readChunk()).isEmpty();
        }
        assertThat(streamEnd(master)).contains("not accepted any more");
    }

    @Test
    void aStreamEndsSoonAfterItsSecretWasChanged() throws IOException {
        var folder = CredentialFolder.open(secrets);
        var master = master(new SchemeAuthenticator(List.of(new BasicCheck(folder::value)), false));
        try (var client = RawHttp.connect(master.http.port())) {
            subscribe(client, basic("jenkins:s3cret"));
            client.readChunk();
            client.readChunk();
            write(BasicCredential.of("jenkins", "salt", "changed"));
            folder.refresh();
            assertThat(client.readChunk()).isEmpty();
        }
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic("jenkins:changed")).status()).isEqualTo(200);
        }
    }

    @Test
    void theCredentialsOfAFrameworkProveItsGroup() throws Exception {
        write(
                BasicCredential.ofFramework("team-a", "batch", "spark", "salt-1", "s3cret"),
                BasicCredential.ofFramework("team-a", "other", "spark", "salt-2", "different"));
        var master = master(basic());
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic("team-a/spark:s3cret")).status()).isEqualTo(200);
            var subscribe = (MasterInput.Subscribe) master.core.inputs.take();
            assertThat(subscribe.principal())
                    .contains(new Principal("team-a/spark", List.of("proffer:framework:team-a/batch")));
        }
    }

    @Test
    void anOldSecretIsGoodAsLongAsItIsListedBesideTheNewOne() throws IOException {
        write(
                BasicCredential.of("jenkins", "salt", "the old one"),
                BasicCredential.of("jenkins", "salt", "the new one"));
        var master = master(basic());
        for (var secret : List.of("the old one", "the new one")) {
            try (var client = RawHttp.connect(master.http.port())) {
                assertThat(subscribe(client, basic("jenkins:" + secret)).status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aListenerOpensBeforeThereAreCredentials() throws IOException {
        Files.delete(secrets.resolve("credentials"));
        var folder = CredentialFolder.open(secrets);
        var master = master(new SchemeAuthenticator(List.of(new BasicCheck(folder::value)), false));
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic("jenkins:s3cret")).status()).isEqualTo(401);
        }
        write(BasicCredential.of("jenkins", "salt", "s3cret"));
        folder.refresh();
        try (var client = RawHttp.connect(master.http.port())) {
            assertThat(subscribe(client, basic("jenkins:s3cret")).status()).isEqualTo(200);
        }
    }

    private void write(BasicCredential... credentials) throws IOException {
        Files.write(
                secrets.resolve("credentials"),
                Stream.of(credentials).map(BasicCredential::line).toList());
    }

    private Authenticator tokens() {
        return tokens(ReviewSettings.DEFAULTS);
    }

    private Authenticator tokens(ReviewSettings settings) {
        return new SchemeAuthenticator(List.of(tokenCheck(settings)), /* anonymous= */ false);
    }

    private CredentialCheck tokenCheck() {
        return tokenCheck(ReviewSettings.DEFAULTS);
    }

    private CredentialCheck tokenCheck(ReviewSettings settings) {
        return new TokenCheck(
                new TokenReviewer(asked -> answer.review(asked), TestTokens.AUDIENCE, settings, MasterUnderTest::now));
    }

    private Authenticator basic() {
        return new SchemeAuthenticator(List.of(secretCheck()), /* anonymous= */ false);
    }

    private CredentialCheck secretCheck() {
        return new BasicCheck(CredentialFolder.open(secrets)::value);
    }

    private MasterUnderTest master(Authenticator authenticator) {
        var base = MasterUnderTest.settings();
        var settings = new HttpSettings(
                base.host(),
                base.port(),
                base.eventLoops(),
                base.connectionsAtMost(),
                base.requestLineLimit(),
                base.headerLimit(),
                base.bodyLimit(),
                base.unansweredBodiesLimit(),
                base.streamBacklogLimit(),
                base.requestTimeout(),
                /* proofInterval= */ Duration.ofMillis(200));
        var master = new MasterUnderTest(
                new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging),
                settings,
                authenticator,
                AgentLinkSettings.plain("127.0.0.1", 0));
        masters.add(master);
        return master;
    }

    private static RawHttp.Head subscribe(RawHttp client, String authorization) throws IOException {
        var headers = authorization.isEmpty() ? new String[0] : new String[] {"Authorization: " + authorization};
        return client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE, headers)
                .readHead();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String streamEnd(MasterUnderTest master) {
        return await().until(
                        () -> master.core.inputs.stream()
                                .filter(MasterInput.StreamClosed.class::isInstance)
                                .map(MasterInput.StreamClosed.class::cast)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .reason();
    }
}
