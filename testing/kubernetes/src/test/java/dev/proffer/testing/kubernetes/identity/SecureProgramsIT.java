package dev.proffer.testing.kubernetes.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.PodEnvironment;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.driver.SchedulerDriver;
import dev.proffer.testing.authority.TestAuthority;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Agent;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Master, agent and framework as they run in a cluster: TLS on every port, everybody proves who it is. */
class SecureProgramsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final String AUDIENCE = "proffer.dev/test";
    private static final String NODE = "localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority("cluster");
    private final dev.proffer.testing.programs.Master.Ports ports = dev.proffer.testing.programs.Master.Ports.free();

    @BeforeEach
    void accounts() {
        kubernetes.tokens().createAccount("agent");
        kubernetes.tokens().createAccount("driver");
    }

    /** Fault 33: a new certificate is shown to whoever connects, and nobody is disconnected. */
    @Test
    void everybodyProvesItselfAndNobodyNoticesANewCertificate() throws Exception {
        var token = write("agent.token", kubernetes.tokens().issueBoundTo(agentPod(), "agent", AUDIENCE));
        var scheduler = new Counting();
        authority.issue(folder);
        authority.certificate(folder);
        try (var master = master();
                var agent = agent(token);
                var driver = driver(scheduler)) {
            master.awaitReady();
            agent.awaitReady();
            Thread.ofVirtual().start(driver::run);
            await().atMost(PATIENCE).until(() -> scheduler.offers.get() > 0);
            assertThat(statusWithoutToken()).isEqualTo(401);

            var before = List.of(shown(ports.schedulers()), shown(ports.agents()));
            authority.issue(folder);
            await().atMost(PATIENCE)
                    .until(() ->
                            !before.contains(shown(ports.schedulers())) && !before.contains(shown(ports.agents())));

            assertThat(scheduler.subscriptions).hasValue(1);
            assertThat(agent.isReady()).isTrue();
        }
    }

    private dev.proffer.testing.programs.Master master() throws IOException {
        var certificate = folder.resolve("tls.crt");
        var key = folder.resolve("tls.key");
        return dev.proffer.testing.programs.Master.start(
                "master",
                ports,
                "kubeconfig=" + kubernetes.kubeconfig(kubernetes.access()),
                "proffer.master.namespace=" + kubernetes.namespace(),
                "proffer.master.identity.audience=" + AUDIENCE,
                "proffer.master.listeners.test.plain=false",
                "proffer.master.listeners.test.certificate=" + certificate,
                "proffer.master.listeners.test.key=" + key,
                "proffer.master.listeners.test.authentication=tokens",
                "proffer.master.agents.plain=false",
                "proffer.master.agents.certificate=" + certificate,
                "proffer.master.agents.key=" + key,
                "proffer.master.agents.authentication=tokens",
                "proffer.master.agents.service-account=agent");
    }

    private Agent agent(Path token) throws IOException {
        return Agent.start(
                "agent",
                folder.resolve("state"),
                ports.agents(),
                "proffer.agent.hostname=" + NODE,
                "proffer.agent.token=" + token,
                "proffer.agent.master.plain=false",
                "proffer.agent.master.certificate-authority=" + folder.resolve("ca.crt"));
    }

    private SchedulerDriver driver(Scheduler scheduler) throws IOException {
        var token = write("driver.token", kubernetes.tokens().issue("driver", AUDIENCE));
        var environment = Map.of(
                "PROFFER_MASTER", "https://127.0.0.1:" + ports.schedulers(),
                "PROFFER_CA_FILE", folder.resolve("ca.crt").toString(),
                "PROFFER_TOKEN_FILE", token.toString());
        return new SchedulerDriver(scheduler, PodEnvironment.of(environment).configure("test"));
    }

    private int statusWithoutToken() throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().sslContext(authority.clientContext()).build()) {
            var call = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + ports.schedulers() + "/api/v1/scheduler"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return http.send(call, BodyHandlers.discarding()).statusCode();
        }
    }

    private Certificate shown(int port) throws IOException {
        var sockets = authority.clientContext().getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Pod agentPod() {
        var admin = kubernetes.admin();
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(NODE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("agent")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName("agent")
                        .withNodeName(NODE)
                        .addNewContainer()
                        .withName("agent")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** Counts what it is told, and declines every offer. */
    private static final class Counting implements Scheduler {
        private final AtomicInteger subscriptions = new AtomicInteger();
        private final AtomicInteger offers = new AtomicInteger();

        @Override
        public void onSubscribed(Master master, Subscription subscription) {
            subscriptions.incrementAndGet();
        }

        @Override
        public void onUpdate(Master master, TaskStatus status) {}

        @Override
        public void onOffers(Master master, List<Offer> given) {
            offers.addAndGet(given.size());
        }
    }
}
