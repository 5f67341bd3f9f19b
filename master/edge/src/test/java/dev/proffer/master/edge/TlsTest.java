package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.master.edge.tls.TlsFiles;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.testing.authority.TestAuthority;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports of a master that speaks TLS. */
class TlsTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final TestAuthority authority = new TestAuthority("authority");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void schedulersAreStreamedTo() throws IOException {
        var master = master(open(authority.issue(folder)));
        try (var client = RawHttp.over(connect(master.http.port()))) {
            var head = client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE)
                    .readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.readChunk()).contains("SUBSCRIBED");
        }
    }

    /** The end of a term is a frame and then the end of the connection, which TLS must not swallow. */
    @Test
    void agentsAreToldOfTheEndOfTheTerm() throws Exception {
        var master = master(open(authority.issue(folder)));
        try (var agent = new FakeAgent(connect(master.agents.port())).sendHello()) {
            assertThat(master.core.inputs.poll(10, TimeUnit.SECONDS)).isInstanceOf(MasterInput.AgentHello.class);
            var _ = master.term.end();
            assertThat(agent.read().orElseThrow().hasTermOver()).isTrue();
            assertThat(agent.read()).isEmpty();
        }
    }

    @Test
    void plainTextIsNotAnswered() throws IOException {
        var master = master(open(authority.issue(folder)));
        try (var client = RawHttp.connect(master.http.port());
                var agent = new FakeAgent(master.agents.port()).sendHello()) {
            client.send(RawHttp.head("GET /health HTTP/1.1", "Host: h"));
            assertThat(client.hangsUp()).isTrue();
            assertThat(agent.read()).isEmpty();
        }
        assertThat(master.core.inputs).isEmpty();
    }

    @Test
    void oldVersionsOfTlsAreRefused() throws IOException {
        var master = master(open(authority.issue(folder)));
        for (int port : List.of(master.http.port(), master.agents.port())) {
            assertThat(session(port, "TLSv1.2").getProtocol()).isEqualTo("TLSv1.2");
            assertThat(session(port, "TLSv1.3").getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> session(port, "TLSv1.1")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void anotherAuthoritysCertificateIsNotTrusted() throws IOException {
        var master = master(open(new TestAuthority("impostor").issue(folder)));
        assertThatThrownBy(() -> connect(master.http.port())).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> connect(master.agents.port())).isInstanceOf(SSLException.class);
    }

    @Test
    void newConnectionsAreShownTheNewCertificateAndOpenStreamsGoOn() throws IOException {
        var certificate = open(authority.issue(folder));
        var master = master(certificate);
        try (var stream = RawHttp.over(connect(master.http.port()));
                var agent = new FakeAgent(connect(master.agents.port())).sendHello()) {
            stream.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE).readHead();
            assertThat(stream.readChunk()).contains("SUBSCRIBED");
            assertThat(stream.readChunk()).contains("HEARTBEAT");
            var before = shown(master.http.port());

            authority.issue(folder);
            certificate.files().refresh();

            assertThat(shown(master.http.port())).isNotEqualTo(before).isEqualTo(shown(master.agents.port()));
            var _ = master.term.end();
            assertThat(stream.readChunk()).isEmpty();
            assertThat(agent.read().orElseThrow().hasTermOver()).isTrue();
        }
    }

    @Test
    void keysOfAnotherKindMayFollow() throws IOException {
        var certificate = open(authority.issue(folder, TestAuthority.rsaKeys(), inAnHour()));
        var master = master(certificate);
        assertThat(shown(master.http.port()).getPublicKey().getAlgorithm()).isEqualTo("RSA");
        authority.issue(folder);
        certificate.files().refresh();
        assertThat(shown(master.http.port()).getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void aCertificateWithoutItsKeyIsNotTakenInUse() throws IOException {
        var files = authority.issue(folder);
        var certificate = open(files);
        var before = certificate.expiry();
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(
                authority
                        .issue(elsewhere, TestAuthority.ecKeys(), inAnHour().plusSeconds(60))
                        .certificate(),
                files.certificate(),
                StandardCopyOption.REPLACE_EXISTING);
        certificate.files().refresh();
        assertThat(certificate.expiry()).isEqualTo(before);
        assertThat(certificate.problem(Instant.now()).orElseThrow())
                .contains("the test port", "the key is not the certificate's");
    }

    @Test
    void anExpiredCertificateIsNamed() {
        var expiry = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(5);
        var certificate = open(authority.issue(folder, TestAuthority.ecKeys(), expiry));
        assertThat(certificate.problem(Instant.now()).orElseThrow())
                .contains("the test port", "expired", expiry.toString());
        assertThat(certificate.problem(expiry.minusSeconds(1))).isEmpty();
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutQuotingIt() throws IOException {
        var files = authority.issue(folder);
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> open(files))
                .hasMessageContainingAll("the test port", "tls.key", "not PEM of an unencrypted private key")
                .hasMessageNotContaining("c2VjcmV0");
    }

    private ServerCertificate open(TestAuthority.Issued issued) {
        return ServerCertificate.open("the test port", new TlsFiles(issued.certificate(), issued.key()), vertx);
    }

    private MasterUnderTest master(ServerCertificate certificate) {
        var master = new MasterUnderTest(
                new ScriptedCore(Snapshots.empty(), ScriptedCore::obliging),
                MasterUnderTest.settings(),
                new AnonymousAuthenticator(),
                AgentLinkSettings.plain("127.0.0.1", 0),
                WriterSettings.defaults(),
                Optional.of(certificate));
        opened.addFirst(master);
        return master;
    }

    private SSLSocket connect(int port, String... protocols) throws IOException {
        var socket = (SSLSocket)
                authority.clientContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    private SSLSession session(int port, String protocol) throws IOException {
        try (var socket = connect(port, protocol)) {
            return socket.getSession();
        }
    }

    private X509Certificate shown(int port) throws IOException {
        try (var socket = connect(port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }
}
