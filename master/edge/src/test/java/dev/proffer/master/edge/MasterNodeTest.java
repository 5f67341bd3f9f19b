package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.allocator.AllocatorInput;
import dev.proffer.allocator.explain.Explanation;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.endpoints.ServedServices;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.TermHolder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole masters around one Lease, with the real core. */
class MasterNodeTest {
    private final KubernetesApi api = new KubernetesApi();
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private final List<MasterNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(MasterNode::stop);
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        assertThat(fatal).isEmpty();
    }

    @Test
    void theLeaderServesSchedulers() throws IOException {
        var master = leader("master-0");
        try (var stream = RawHttp.connect(master.httpPort());
                var calls = RawHttp.connect(master.httpPort())) {
            var head = stream.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE)
                    .readHead();
            assertThat(head.status()).isEqualTo(200);
            var subscribed = stream.readChunk();
            assertThat(subscribed)
                    .contains("\"type\":\"SUBSCRIBED\"")
                    .contains("\"heartbeat_interval_seconds\":15.0")
                    .contains("\"hostname\":\"127.0.0.1\"")
                    .contains("\"port\":" + master.httpPort());
            assertThat(stream.readChunk()).contains("HEARTBEAT");

            var framework = field(subscribed, "framework_id\":{\"value");
            var decline = SchedulerApiTest.DECLINE.replace("\"f\"", "\"" + framework + "\"");
            assertThat(calls.postJson(SchedulerApiTest.PATH, decline).readHead().status())
                    .isEqualTo(400); // No stream id.
            assertThat(status(master, decline, "Mesos-Stream-Id: wrong")).isEqualTo(400);
            assertThat(status(master, decline, "Mesos-Stream-Id: " + head.header("mesos-stream-id")))
                    .isEqualTo(202);
            assertThat(status(master, SchedulerApiTest.DECLINE, "Mesos-Stream-Id: s"))
                    .isEqualTo(400);

            assertThat(body(master, "/state")).contains("\"id\":\"" + framework + "\"", "\"activated_slaves\":0");
            assertThat(body(master, "/master/state-summary")).contains("\"id\":\"" + framework + "\"");
            await().untilAsserted(() ->
                    assertThat(gauge("proffer.master.frameworks", "connected")).isEqualTo(1));
        }
        await().untilAsserted(() ->
                assertThat(gauge("proffer.master.frameworks", "connected")).isZero());
    }

    @Test
    void aStandbyRedirectsAndTakesOverWithTheNextTerm() throws IOException {
        var first = leader("master-0");
        var second = start("master-1");
        await().until(() -> second.health().ready());
        assertThat(second.health().leading()).isFalse();
        try (var client = RawHttp.connect(second.httpPort());
                var agent = new FakeAgent(first.agentPort());
                var refused = new FakeAgent(second.agentPort())) {
            var head = client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE)
                    .readHead();
            assertThat(head.status()).isEqualTo(307);
            assertThat(head.header("location")).isEqualTo("//127.0.0.1:" + first.httpPort() + SchedulerApiTest.PATH);
            assertThat(refused.read()).isEmpty();

            agent.sendHello();
            assertThat(agent.read().orElseThrow().getWelcome().getLeader().getTerm())
                    .isEqualTo(1);
            first.stop();
            var last = agent.read();
            while (last.isPresent() && !last.get().hasTermOver()) {
                last = agent.read();
            }
            assertThat(last).isPresent();
        }
        await().until(() -> second.health().leading());
        try (var agent = new FakeAgent(second.agentPort()).sendHello()) {
            assertThat(agent.read().orElseThrow().getWelcome().getLeader().getTerm())
                    .isEqualTo(2);
        }
        assertThat(fatal).isEmpty();
    }

    @Test
    void aTermThatAnAgentObeysIsPassedAndTheAgentServedInTheNewOne() throws IOException {
        var master = leader("master-0");
        var forgotten =
                TermHolder.newBuilder().setTerm(8).setHolder("forgotten").build();
        var hello = AgentFrame.newBuilder()
                .setHello(FakeAgent.hello().setAccepted(forgotten))
                .build();
        try (var _ = new FakeAgent(master.agentPort()).send(hello)) {
            // It hears of the term's end, or is hung up on: it was not let in yet.
            await().until(() -> meters.get("proffer.master.term").gauge().value() == 9);
        }
        try (var agent = new FakeAgent(master.agentPort()).send(hello)) {
            assertThat(agent.read().orElseThrow().getWelcome().getLeader().getTerm())
                    .isEqualTo(9);
        }
    }

    @Test
    void servicesLeadToTheLeaderAndNobodyTurnsThemBack() {
        var first = leader("master-0");
        await().until(() -> port("schedulers") == first.httpPort());
        await().until(() -> port("agent-link") == first.agentPort());
        var slice = slices().withName("schedulers").get();
        assertThat(slice.getEndpoints().getFirst().getAddresses()).containsExactly("10.0.0.7");
        assertThat(slice.getMetadata().getLabels()).containsEntry("kubernetes.io/service-name", "schedulers");
        assertThat(slice.getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "1");
        var second = start("master-1");
        await().until(() -> second.health().ready());
        first.stop();
        await().until(() -> port("schedulers") == second.httpPort());
        await().until(() -> port("agent-link") == second.agentPort());
    }

    private int port(String slice) {
        var found = slices().withName(slice).get();
        return found == null || found.getPorts().isEmpty()
                ? 0
                : found.getPorts().getFirst().getPort();
    }

    private NonNamespaceOperation<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices() {
        return api.client().discovery().v1().endpointSlices().inNamespace(KubernetesApi.NAMESPACE);
    }

    @Test
    void aLeaderWhoseLeaseIsTakenEndsAtOnce() throws IOException {
        var master = leader("master-0");
        try (var stream = RawHttp.connect(master.httpPort())) {
            stream.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE).readHead();
            await().ignoreException(KubernetesClientException.class).until(() -> {
                api.client()
                        .leases()
                        .inNamespace(KubernetesApi.NAMESPACE)
                        .withName(KubernetesApi.LEASE)
                        .edit(lease -> {
                            lease.getSpec().setHolderIdentity("thief");
                            return lease;
                        });
                return true;
            });
            assertThat(stream.readChunk()).contains("SUBSCRIBED");
            assertThat(stream.readChunk()).contains("HEARTBEAT");
            assertThat(stream.readChunk()).isEmpty();
        }
        await().until(() -> !fatal.isEmpty());
        assertThat(fatal.getFirst()).contains("held by thief");
        assertThat(master.health().leading()).isFalse();
        fatal.clear();
    }

    @Test
    void aBrokenCoreStopsTheMaster() throws IOException {
        var master = start(config(
                "master-0",
                _ -> new ScriptedCore(Snapshots.empty(), input -> {
                    if (input instanceof MasterInput.Subscribe) {
                        throw new IllegalStateException("books do not balance");
                    }
                    return List.of();
                })));
        await().until(() -> master.health().leading());
        try (var client = RawHttp.connect(master.httpPort())) {
            var head = client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE)
                    .readHead();
            assertThat(head.status()).isEqualTo(503);
        }
        await().until(() -> !fatal.isEmpty());
        assertThat(fatal.getFirst()).contains("books do not balance");
        assertThat(master.health().ready()).isFalse();
        fatal.clear();
    }

    private MasterNode leader(String name) {
        var node = start(name);
        await().until(() -> node.health().leading());
        return node;
    }

    private MasterNode start(String name) {
        return start(config(name, CoreFactory.of(MasterConfig.DEFAULTS, NoOffers::new)));
    }

    private MasterNode start(MasterNodeConfig config) {
        var node = MasterNode.open(config);
        nodes.add(node);
        node.listen();
        node.start();
        return node;
    }

    private MasterNodeConfig config(String name, CoreFactory cores) {
        return new MasterNodeConfig(
                new MasterIdentity(name, "0.1.0", Optional.empty(), Optional.empty()),
                new ElectionPlace(
                        api.config(),
                        KubernetesApi.NAMESPACE,
                        KubernetesApi.LEASE,
                        /* cluster= */ Optional.empty(),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100)),
                List.of(new HttpListenerConfig(
                        "test",
                        HttpSettings.on("127.0.0.1", 0),
                        Optional.empty(),
                        new AnonymousAuthenticator(),
                        "127.0.0.1",
                        OptionalInt.empty())),
                AgentLinkSettings.plain("127.0.0.1", 0),
                AgentAuthenticator.CREDULOUS,
                ServedServices.of("10.0.0.7", Map.of("test", "schedulers", "agents", "agent-link")),
                WriterSettings.defaults(),
                new PolicyOrigin.None(),
                cores,
                MasterUnderTest::now,
                vertx,
                meters,
                fatal::add);
    }

    private double gauge(String name, String state) {
        return meters.get(name).tag("state", state).gauge().value();
    }

    private static int status(MasterNode master, String call, String header) throws IOException {
        try (var client = RawHttp.connect(master.httpPort())) {
            return client.postJson(SchedulerApiTest.PATH, call, header)
                    .readHead()
                    .status();
        }
    }

    private static String body(MasterNode master, String path) throws IOException {
        try (var client = RawHttp.connect(master.httpPort())) {
            var head = client.send(RawHttp.head("GET " + path + " HTTP/1.1", "Host: h"))
                    .readHead();
            assertThat(head.status()).isEqualTo(200);
            var body = new StringBuilder();
            for (var chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
                body.append(chunk);
            }
            return body.toString();
        }
    }

    private static String field(String json, String name) {
        int start = json.indexOf(name + "\":\"") + name.length() + 3;
        return json.substring(start, json.indexOf('"', start));
    }

    /** Keeps no books and offers nothing. */
    private static final class NoOffers implements Allocator {
        @Override
        public void apply(Moment now, AllocatorInput input) {}

        @Override
        public List<Allocation> allocate(Moment now) {
            return List.of();
        }

        @Override
        public long nextDue() {
            return Long.MAX_VALUE;
        }

        @Override
        public AllocatorFigures figures() {
            return new AllocatorFigures(
                    0,
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE,
                    Quantities.NONE,
                    new TreeMap<>());
        }

        @Override
        public Explanation explain(Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent) {
            return new Explanation(framework, role, new TreeMap<>());
        }

        @Override
        public Optional<Resources> free(AgentId agent) {
            return Optional.empty();
        }
    }
}
