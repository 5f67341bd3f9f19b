package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.local.kubernetes.EmbeddedKubernetes;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters and agents as they run on a cluster: each a program of its own, with probes of its own. */
class SeparateProgramsTest {
    private static final String NAMESPACE = "proffer";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private EmbeddedKubernetes kubernetes;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void startKubernetes() throws IOException {
        kubernetes = EmbeddedKubernetes.start(folder.resolve("kubernetes.json"));
        kubernetes.ensureNamespace(NAMESPACE);
    }

    @AfterEach
    void stopKubernetes() {
        kubernetes.close();
        http.close();
    }

    @Test
    void anAgentThatIsKilledAndStartedAgainAdoptsItsTask() throws IOException, InterruptedException {
        var gate = folder.resolve("go");
        var command = "echo $$ >> " + folder + "/pids; while [ ! -e " + gate + " ]; do sleep 0.1; done";
        var ports = Ports.free();
        try (var master = master(ports)) {
            awaitReady(master, ports.masterProbes());
            try (var agent = agent(ports);
                    var hello = Hello.start(ports.master(), "--tasks", "1", "--command", command)) {
                hello.awaitLine(line -> line.contains("TASK_RUNNING"));
                agent.kill();
                try (var successor = agent(ports)) {
                    awaitReady(successor, ports.agentProbes());
                    Files.createFile(gate);
                    hello.awaitExit(0);
                }
            }
        }
        assertThat(Files.readAllLines(folder.resolve("pids")))
                .as("started once")
                .hasSize(1);
    }

    @Test
    void readinessOfAnAgentWaitsForAMaster() throws IOException, InterruptedException {
        var ports = Ports.free();
        try (var agent = agent(ports)) {
            await().atMost(PATIENCE).until(() -> probe(ports.agentProbes(), "live") == 200);
            assertThat(probe(ports.agentProbes(), "ready")).isEqualTo(503);
            try (var master = master(ports)) {
                awaitReady(master, ports.masterProbes());
                awaitReady(agent, ports.agentProbes());
            }
        }
    }

    private void awaitReady(Program program, int probes) {
        await(program.output()).atMost(PATIENCE).until(() -> probe(probes, "ready") == 200);
    }

    /** The status of a probe; 0 while nothing listens. */
    private int probe(int port, String name) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/" + name));
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private Program master(Ports ports) throws IOException {
        return Program.java(
                "master",
                List.of(
                        "-Dkubernetes.master=" + kubernetes.clientConfig().getMasterUrl(),
                        "-Dquarkus.http.port=" + ports.masterProbes(),
                        "-Dproffer.master.policy=open",
                        "-Dproffer.master.listeners.test.host=127.0.0.1",
                        "-Dproffer.master.listeners.test.port=" + ports.schedulers(),
                        "-Dproffer.master.listeners.test.plain=true",
                        "-Dproffer.master.listeners.test.authentication=anonymous",
                        "-Dproffer.master.agents.host=127.0.0.1",
                        "-Dproffer.master.agents.plain=true",
                        "-Dproffer.master.agents.port=" + ports.agents(),
                        "-jar",
                        Built.file("master/app/target/quarkus-app/quarkus-run.jar")
                                .toString()));
    }

    private Program agent(Ports ports) throws IOException {
        return Program.java(
                "agent",
                List.of(
                        "-Dquarkus.http.port=" + ports.agentProbes(),
                        "-Dproffer.agent.hostname=127.0.0.1",
                        "-Dproffer.agent.port=0",
                        "-Dproffer.agent.resources=cpus:2;mem:1024",
                        "-Dproffer.agent.state-folder=" + folder.resolve("agent"),
                        "-Dproffer.agent.master.host=127.0.0.1",
                        "-Dproffer.agent.master.port=" + ports.agents(),
                        "-jar",
                        Built.file("agent-daemonset/app/target/quarkus-app/quarkus-run.jar")
                                .toString()));
    }

    /** Ports that were free a moment ago: programs that must find each other need them beforehand. */
    private record Ports(int schedulers, int agents, int masterProbes, int agentProbes) {
        static Ports free() throws IOException {
            var loopback = InetAddress.getLoopbackAddress();
            try (var first = new ServerSocket(0, 1, loopback);
                    var second = new ServerSocket(0, 1, loopback);
                    var third = new ServerSocket(0, 1, loopback);
                    var fourth = new ServerSocket(0, 1, loopback)) {
                return new Ports(
                        first.getLocalPort(), second.getLocalPort(), third.getLocalPort(), fourth.getLocalPort());
            }
        }

        URI master() {
            return URI.create("http://127.0.0.1:" + schedulers);
        }
    }
}
