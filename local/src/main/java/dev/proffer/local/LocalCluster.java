package dev.proffer.local;

import dev.proffer.agent.edge.AgentNode;
import dev.proffer.master.edge.MasterNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A master and its agents in this process, over a Kubernetes API that is embedded or given. Its HTTP port opens when the
 * master leads and all agents are registered: who can connect can work.
 */
final class LocalCluster {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** Longer than a task's default grace: whoever ignores SIGTERM is killed in time. */
    private static final Duration TASK_PATIENCE = Duration.ofSeconds(10);

    private final KubernetesApi kubernetes;
    private final MasterNode master;
    private final List<AgentNode> agents;

    private LocalCluster(KubernetesApi kubernetes, MasterNode master, List<AgentNode> agents) {
        this.kubernetes = kubernetes;
        this.master = master;
        this.agents = agents;
    }

    /**
     * Starts everything, and returns when it is ready.
     *
     * @param onFatal told when a part must not go on: the program has to exit
     * @throws IOException if the folder cannot be used
     * @throws IllegalStateException if a port cannot be had, or it was not ready in time; nothing is left running then
     */
    static LocalCluster start(
            LocalSettings settings, String version, Vertx vertx, MeterRegistry meters, Consumer<String> onFatal)
            throws IOException {
        var parts = new Parts(settings, version, vertx, meters, onFatal);
        var kubernetes = KubernetesApi.of(settings);
        var master = parts.master(kubernetes.clientConfig());
        var cluster = new LocalCluster(kubernetes, master, new ArrayList<>());
        try {
            master.start();
            for (int index = 0; index < settings.agents(); index++) {
                cluster.agents.add(AgentNode.start(parts.agent(index, master.agentPort())));
            }
            cluster.awaitReady();
            master.listen();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.stop();
            throw e;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!master.health().leading() || !agentsAreReady()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not ready within " + START_PATIENCE.toSeconds() + " s: "
                        + master.health() + ", "
                        + agents.stream().map(AgentNode::health).toList());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The port of the scheduler API. */
    int port() {
        return master.httpPort();
    }

    /** Whether no part hangs. */
    boolean isLive() {
        return master.health().live()
                && agents.stream().allMatch(agent -> agent.health().live());
    }

    /** Whether frameworks can run tasks on every agent. */
    boolean isReady() {
        return master.health().leading() && agentsAreReady();
    }

    private boolean agentsAreReady() {
        return agents.stream().allMatch(agent -> agent.health().ready());
    }

    /**
     * Ends all tasks, then the master, then the agents: they hear that its term is over, so that the next one need not wait
     * for what they acknowledged to this one.
     */
    void stop() {
        ofAllAgents(agent -> agent.endTasks(TASK_PATIENCE));
        master.stop();
        ofAllAgents(AgentNode::stop);
        kubernetes.close();
    }

    private void ofAllAgents(Consumer<AgentNode> action) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            agents.forEach(agent -> threads.execute(() -> action.accept(agent)));
        }
    }
}
