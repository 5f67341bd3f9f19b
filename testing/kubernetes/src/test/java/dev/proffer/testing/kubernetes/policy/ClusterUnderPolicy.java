package dev.proffer.testing.kubernetes.policy;

import dev.proffer.agent.edge.AgentConfig;
import dev.proffer.agent.edge.AgentNode;
import dev.proffer.agent.edge.NodeFacts;
import dev.proffer.agent.edge.launcher.posix.PosixLauncher;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.policy.PolicySettings;
import dev.proffer.master.edge.CoreFactory;
import dev.proffer.master.edge.ElectionPlace;
import dev.proffer.master.edge.HttpListenerConfig;
import dev.proffer.master.edge.MasterIdentity;
import dev.proffer.master.edge.MasterNode;
import dev.proffer.master.edge.MasterNodeConfig;
import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.endpoints.ServedServices;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.policy.PolicyPlace;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** A master whose policy is custom resources, and agents with one core each, in this process. */
public final class ClusterUnderPolicy implements AutoCloseable {
    static final String CLUSTER = "main";
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final long origin = System.nanoTime();
    private final MasterNode master;
    private final List<AgentNode> agents = new ArrayList<>();

    private ClusterUnderPolicy(Config kubernetes, String namespace, Authenticator clients) {
        master = MasterNode.open(new MasterNodeConfig(
                new MasterIdentity("master-0", "0.1.0", Optional.of(CLUSTER), Optional.empty()),
                ElectionPlace.of(kubernetes, namespace, "proffer-master", Optional.of(CLUSTER)),
                List.of(new HttpListenerConfig(
                        "test",
                        HttpSettings.on(HOST, 0),
                        /* tls= */ Optional.empty(),
                        clients,
                        HOST,
                        OptionalInt.empty())),
                AgentLinkSettings.plain(HOST, 0),
                AgentAuthenticator.CREDULOUS,
                ServedServices.NONE,
                WriterSettings.defaults(),
                new PolicyOrigin.Objects(new PolicyPlace(namespace, CLUSTER), kubernetes),
                CoreFactory.of(
                        MasterConfig.DEFAULTS.with(PolicySettings.CLOSED),
                        () -> new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(1))),
                this::now,
                vertx,
                new SimpleMeterRegistry(),
                ClusterUnderPolicy::fail));
        master.listen();
        master.start();
    }

    public static ClusterUnderPolicy start(Config kubernetes, String namespace, Path folder, int agents)
            throws IOException {
        return start(kubernetes, namespace, folder, agents, new AnonymousAuthenticator());
    }

    /** With clients that prove who they are in that way. */
    static ClusterUnderPolicy start(Config kubernetes, String namespace, Path folder, int agents, Authenticator clients)
            throws IOException {
        var cluster = new ClusterUnderPolicy(kubernetes, namespace, clients);
        for (int i = 0; i < agents; i++) {
            cluster.startAgent(folder.resolve("agent-" + i), i);
        }
        return cluster;
    }

    private void startAgent(Path folder, int index) throws IOException {
        var leader = new InetSocketAddress(InetAddress.getLoopbackAddress(), master.agentPort());
        agents.add(AgentNode.start(new AgentConfig(
                "agent-" + index,
                NodeFacts.named("node-" + index),
                HOST,
                /* port= */ 0,
                folder,
                Resources.parse("cpus:1;mem:256"),
                Ranges.NONE,
                "0.1.0",
                Duration.ofSeconds(1),
                PosixLauncher::new,
                () -> Optional.of(leader),
                LinkSecurity.NONE,
                this::now,
                vertx,
                new SimpleMeterRegistry(),
                ClusterUnderPolicy::fail)));
    }

    /** host:port. */
    String address() {
        return HOST + ":" + master.httpPort();
    }

    /** Where agents dial. */
    public int agentPort() {
        return master.agentPort();
    }

    private Moment now() {
        return new Moment(System.nanoTime() - origin, Instant.now());
    }

    private static void fail(String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void close() {
        agents.forEach(agent -> {
            agent.endTasks(Duration.ofSeconds(5));
            agent.stop();
        });
        master.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
