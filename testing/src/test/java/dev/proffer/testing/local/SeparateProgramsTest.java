package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.local.kubernetes.EmbeddedKubernetes;
import dev.proffer.testing.programs.Agent;
import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters and agents as they run on a cluster: each a program of its own, with probes of its own. */
class SeparateProgramsTest {
    private static final String NAMESPACE = "proffer";

    @TempDir
    Path folder;

    private EmbeddedKubernetes kubernetes;

    @BeforeEach
    void startKubernetes() throws IOException {
        kubernetes = EmbeddedKubernetes.start(folder.resolve("kubernetes.json"));
        kubernetes.ensureNamespace(NAMESPACE);
    }

    @AfterEach
    void stopKubernetes() {
        kubernetes.close();
    }

    @Test
    void anAgentThatIsKilledAndStartedAgainAdoptsItsTask() throws IOException, InterruptedException {
        var gate = folder.resolve("go");
        var command = "echo $$ >> " + folder + "/pids; while [ ! -e " + gate + " ]; do sleep 0.1; done";
        var ports = Master.Ports.free();
        try (var master = master(ports)) {
            master.awaitReady();
            try (var agent = agent(ports);
                    var hello = Hello.start(master.schedulers(), "--tasks", "1", "--command", command)) {
                hello.awaitLine(line -> line.contains("TASK_RUNNING"));
                agent.program().kill();
                try (var successor = agent(ports)) {
                    successor.awaitReady();
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
    void readinessOfAnAgentWaitsForAMaster() throws IOException {
        var ports = Master.Ports.free();
        try (var agent = agent(ports)) {
            agent.awaitLive();
            assertThat(agent.isReady()).isFalse();
            try (var master = master(ports)) {
                master.awaitReady();
                agent.awaitReady();
            }
        }
    }

    private Master master(Master.Ports ports) throws IOException {
        return Master.start(
                "master",
                ports,
                "kubernetes.master=" + kubernetes.clientConfig().getMasterUrl());
    }

    private Agent agent(Master.Ports ports) throws IOException {
        return Agent.start("agent", folder.resolve("agent"), ports.agents());
    }
}
