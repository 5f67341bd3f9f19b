package dev.proffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.agent.AgentSpec;
import dev.proffer.crds.agent.Drain;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient(crud = true)
class KubectlProfferTest {
    private static final String NAMESPACE = "proffer";

    @SuppressWarnings("NullAway.Init") // Injected.
    private KubernetesClient api;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private HttpServer master;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: %s}}]
                current-context: x
                """.formatted(api.getMasterUrl(), NAMESPACE));
        master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.start();
    }

    @AfterEach
    void stop() {
        master.stop(0);
    }

    @Test
    void missingClusterIsSaidInOneSentence() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(err)
                .hasToString("error: there is no ProfferCluster in namespace 'proffer'; name its namespace by -n\n");
    }

    @Test
    void severalClustersAreNamed() {
        create(ProfferCluster.class, "one", "spec: {}");
        create(ProfferCluster.class, "two", "spec: {}");

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString()).contains("name one by --cluster: one, two");
        assertThat(run("status", "--cluster", "two")).isZero();
    }

    @Test
    void statusShowsWhoLeadsAndWhatIsWrong() {
        create(ProfferCluster.class, "main", """
                spec: {}
                status:
                  leader: proffer-master-0_7f
                  term: 3
                  agents: {ready: 2, total: 3}
                  conditions:
                  - {type: Ready, status: "False", reason: AgentsMissing, message: one agent is away}
                """);

        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .contains("leader       proffer-master-0_7f, term 3")
                .contains("agents       2 of 3 ready")
                .contains("Ready        False, AgentsMissing: one agent is away");
    }

    @Test
    void agentsAreListed() {
        create(Agent.class, "node-1", """
                spec: {}
                status:
                  node: node-1
                  state: Unhealthy
                  conditions:
                  - {type: Ready, status: "False", reason: NoHolder, message: "no pod holds a share", lastTransitionTime: "2026-01-01T00:00:00Z"}
                  resources: [{name: cpus, amount: 4}, {name: mem, amount: 8Gi}]
                """);

        assertThat(run("agents")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .containsSubsequence("node-1", "node-1", "UNHEALTHY", "NoHolder", "4", "8Gi");
    }

    @Test
    void outputIsJsonOnRequest() throws IOException {
        create(Agent.class, "node-1", "spec: {}");

        assertThat(run("agents", "-o", "json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get(0)
                        .at("/metadata/name")
                        .asText())
                .isEqualTo("node-1");
    }

    @Test
    void drainIsWrittenIntoTheAgentOfTheNode() {
        create(Agent.class, "agent-of-1", "spec: {deactivated: true}\nstatus: {node: node-1}");

        assertThat(run("drain", "node-1", "--after", "10m", "--mark-gone")).isZero();
        var spec = spec("agent-of-1");
        assertThat(spec.drain()).isEqualTo(new Drain("10m", /* maxGracePeriod= */ null, /* markGone= */ true));
        assertThat(spec.deactivated()).isTrue();

        assertThat(run("undrain", "node-1")).isZero();
        assertThat(spec("agent-of-1").drain()).isNull();
        assertThat(spec("agent-of-1").deactivated()).isTrue();
    }

    @Test
    void unknownNodeIsNamed() {
        assertThat(run("drain", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no agent on node 'nowhere'");
    }

    @Test
    void tasksOfOneFrameworkComeFromTheMaster() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "secret\n");
        answer("/state", """
                {"slaves": [{"id": "S1", "hostname": "node-1"}],
                 "frameworks": [
                   {"id": "F1", "name": "web", "tasks": [
                     {"id": "t1", "framework_id": "F1", "state": "TASK_RUNNING", "slave_id": "S1",
                      "resources": {"cpus": 0.5, "mem": 64.0}}]},
                   {"id": "F2", "name": "batch", "tasks": [{"id": "t2", "framework_id": "F2"}]}]}
                """);

        assertThat(run("tasks", "-f", "web", "--master", url(), "--token-file", token.toString()))
                .isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .containsSubsequence("t1", "F1", "TASK_RUNNING", "node-1", "0.5", "64");
        assertThat(asked).containsExactly("GET /state Bearer secret");
    }

    @Test
    void masterThatSaysNoIsQuoted() {
        assertThat(run("offers", "--master", url())).isEqualTo(1);
        assertThat(err.toString()).contains("says: 404");
    }

    @Test
    void explanationAsksForTheFramework() {
        answer("/api/proffer/v1/explain", """
                {"agents": [{"role": "eng", "hostname": "node-1", "reason": "Suppressed", "message": "it is suppressed"}]}
                """);

        assertThat(run("explain", "my web", "--role", "eng/web", "--master", url()))
                .isZero();
        assertThat(asked).containsExactly("GET /api/proffer/v1/explain?framework=my+web&role=eng%2Fweb null");
        assertThat(out.toString()).contains("Suppressed").contains("it is suppressed");
    }

    private int run(String... command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        return KubectlProffer.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, /* autoFlush= */ true))
                .execute(arguments.toArray(String[]::new));
    }

    private void answer(String path, String json) {
        master.createContext(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private String url() {
        return "http://localhost:" + master.getAddress().getPort();
    }

    private AgentSpec spec(String agent) {
        return api.resources(Agent.class)
                .inNamespace(NAMESPACE)
                .withName(agent)
                .get()
                .getSpec();
    }

    private <T extends HasMetadata> void create(Class<T> kind, String name, String rest) {
        var object = Serialization.unmarshal(
                "apiVersion: proffer.dev/v1alpha1\nkind: %s\nmetadata: {name: %s, namespace: %s}\n%s"
                        .formatted(kind.getSimpleName(), name, NAMESPACE, rest),
                kind);
        api.resource(object).create();
        if (rest.contains("status:")) {
            api.resource(object).patchStatus();
        }
    }
}
