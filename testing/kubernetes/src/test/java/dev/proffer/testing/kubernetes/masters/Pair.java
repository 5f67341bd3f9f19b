package dev.proffer.testing.kubernetes.masters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.TcpProxy;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Agent;
import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.Master;
import dev.proffer.testing.programs.Program;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two masters, of which the first leads, each with its own way to the API server, and an agent that finds the leader as through
 * a Service.
 */
final class Pair {
    private static final Logger LOG = LoggerFactory.getLogger(Pair.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKubernetes kubernetes;
    private final Path folder;

    /** In the order in which it is closed. */
    private final Deque<AutoCloseable> started;

    /** Between the first master and the API server. */
    final TcpProxy wire;

    /** Between the second master and the API server. */
    final TcpProxy secondWire;

    final Master first;
    final Master second;

    /** The leader, as the Service knows it. */
    private volatile Master known;

    private Pair(
            TestKubernetes kubernetes,
            Path folder,
            TcpProxy wire,
            TcpProxy secondWire,
            Master first,
            Master second,
            Deque<AutoCloseable> started) {
        this.kubernetes = kubernetes;
        this.folder = folder;
        this.wire = wire;
        this.secondWire = secondWire;
        this.first = first;
        this.second = second;
        this.known = first;
        this.started = started;
    }

    static Pair start(TestKubernetes kubernetes, Path folder) throws Exception {
        return start(kubernetes, kubernetes.access(), folder);
    }

    /** @param access as whom the masters use the API server */
    static Pair start(TestKubernetes kubernetes, Access access, Path folder) throws Exception {
        var started = new ArrayDeque<AutoCloseable>();
        try {
            var wire = kubernetes.proxy();
            var first = master(kubernetes, access.through(wire), "first");
            started.push(first);
            first.awaitReady();
            await().atMost(PATIENCE).until(() -> leads(kubernetes, first));
            var secondWire = kubernetes.proxy();
            var second = master(kubernetes, access.through(secondWire), "second");
            started.push(second);
            second.awaitReady();
            var pair = new Pair(kubernetes, folder, wire, secondWire, first, second, started);
            pair.startAgent();
            return pair;
        } catch (IOException | RuntimeException | Error e) {
            closeAll(started);
            throw e;
        }
    }

    private void startAgent() throws IOException {
        var service = TcpProxy.before(this::leadersAgentPort);
        started.push(service);
        var agent = Agent.start("agent", folder.resolve("agent"), service.port());
        started.push(agent);
        agent.awaitReady();
    }

    private static Master master(TestKubernetes kubernetes, Access access, String name) throws IOException {
        return Master.start(
                name,
                Master.Ports.free(),
                "kubeconfig=" + kubernetes.kubeconfig(access),
                "proffer.master.namespace=" + kubernetes.namespace());
    }

    /** As a Service without a selector, whose endpoints the leader writes; nodes know them without the API server too. */
    private InetSocketAddress leadersAgentPort() {
        try {
            known = leads(second) ? second : first;
        } catch (KubernetesClientException apiServerAway) {
            LOG.debug("the Service stays as it was: {}", apiServerAway.getMessage());
        }
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), known.ports().agents());
    }

    /** A framework with one task that writes its process id into a file, and runs until {@link #endTheLongTask}. */
    Program frameworkWithALongTask() throws IOException {
        var command = "echo $$ >> " + pids() + "; while [ ! -e " + gate() + " ]; do sleep 0.1; done";
        var hello = hello("--tasks", "1", "--command", command);
        hello.awaitLine(line -> line.contains("TASK_RUNNING"));
        return hello;
    }

    /** A framework that may ask either master. */
    Program hello(String... options) throws IOException {
        var hello = Hello.start(
                first.schedulers(),
                Stream.concat(Stream.of("--master", masters()), Stream.of(options))
                        .toArray(String[]::new));
        started.push(hello);
        return hello;
    }

    private String masters() {
        return first.schedulers() + "," + second.schedulers();
    }

    /** A new framework gets an offer, and a task of its ends well. */
    void runOneTask() throws Exception {
        try (var hello = hello("--tasks", "1", "--command", "true")) {
            hello.awaitExit(0);
        }
    }

    /** Lets the long task end: its framework is told once, and it was started once. */
    void endTheLongTask(Program framework) throws Exception {
        openGate();
        framework.awaitExit(0);
        assertThat(framework.lines())
                .filteredOn(line -> line.contains("TASK_FINISHED"))
                .hasSize(1);
        assertThat(Files.readAllLines(pids())).hasSize(1);
    }

    private void openGate() throws IOException {
        Files.createFile(gate());
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    private Path pids() {
        return folder.resolve("pids");
    }

    boolean leads(Master master) {
        return leads(kubernetes, master);
    }

    private static boolean leads(TestKubernetes kubernetes, Master master) {
        var lease = kubernetes.admin().leases().withName("proffer-master").get();
        return lease != null && holder(lease).startsWith(master.name());
    }

    private static String holder(Lease lease) {
        var holder = lease.getSpec().getHolderIdentity();
        return holder == null ? "" : holder;
    }

    long term() {
        var lease = kubernetes.admin().leases().withName("proffer-master").get();
        return Long.parseLong(lease.getMetadata().getAnnotations().get("proffer.dev/term"));
    }

    void stop() throws Exception {
        closeAll(started);
    }

    private static void closeAll(Deque<AutoCloseable> started) throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
