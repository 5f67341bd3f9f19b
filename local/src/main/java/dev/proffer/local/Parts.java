package dev.proffer.local;

import dev.proffer.agent.edge.AgentConfig;
import dev.proffer.agent.edge.NodeFacts;
import dev.proffer.agent.edge.launcher.posix.PosixLauncher;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.HierarchicalAllocator;
import dev.proffer.master.core.MasterConfig;
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
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** How the parts of a local cluster are configured. */
final class Parts {
    private static final String HOST = "127.0.0.1";
    private static final String LEASE = "proffer-master";

    /** Short: after an abrupt end the next start waits for as long as the Lease of the last one lasts. */
    private static final Duration LEASE_DURATION = Duration.ofSeconds(5);

    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(4);
    private static final Duration LEASE_RETRY = Duration.ofSeconds(1);

    /** The agents share this machine: each offers ports of its own. */
    private static final int FIRST_TASK_PORT = 31_000;

    private static final int TASK_PORTS = 1_000;

    private final LocalSettings settings;
    private final String version;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final Consumer<String> onFatal;
    private final long origin = System.nanoTime();

    Parts(LocalSettings settings, String version, Vertx vertx, MeterRegistry meters, Consumer<String> onFatal) {
        this.settings = settings;
        this.version = version;
        this.vertx = vertx;
        this.meters = meters;
        this.onFatal = onFatal;
    }

    MasterNode master(Config kubernetes) throws IOException {
        // The Lease names the port before it is open, and it opens only when all is ready.
        int port = settings.port() == 0 ? freePort() : settings.port();
        return MasterNode.open(new MasterNodeConfig(
                new MasterIdentity("local", version, Optional.of("local"), Optional.empty()),
                new ElectionPlace(
                        kubernetes,
                        settings.namespace(),
                        LEASE,
                        /* cluster= */ Optional.empty(),
                        LEASE_DURATION,
                        RENEW_DEADLINE,
                        LEASE_RETRY),
                List.of(listener(port)),
                AgentLinkSettings.plain(HOST, 0),
                AgentAuthenticator.CREDULOUS,
                ServedServices.NONE,
                WriterSettings.defaults(),
                new PolicyOrigin.None(),
                CoreFactory.of(MasterConfig.DEFAULTS, Parts::allocator),
                this::now,
                vertx,
                meters,
                onFatal));
    }

    /** Whoever is on this machine may do anything: only the loopback interface listens. */
    private static HttpListenerConfig listener(int port) {
        return new HttpListenerConfig(
                "local",
                HttpSettings.on(HOST, port),
                /* tls= */ Optional.empty(),
                new AnonymousAuthenticator(),
                HOST,
                OptionalInt.of(port));
    }

    private static Allocator allocator() {
        return new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom());
    }

    AgentConfig agent(int index, int linkPort) {
        int firstPort = FIRST_TASK_PORT + index * TASK_PORTS;
        var ports = "ports:[" + firstPort + "-" + (firstPort + TASK_PORTS - 1) + "]";
        var leader = new InetSocketAddress(InetAddress.getLoopbackAddress(), linkPort);
        return new AgentConfig(
                "agent-" + index,
                NodeFacts.named(HOST),
                HOST,
                /* port= */ 0,
                settings.dir().resolve("agents").resolve(Integer.toString(index)),
                Resources.parse(settings.resources() + ";" + ports),
                Ranges.NONE,
                version,
                Duration.ofSeconds(3),
                PosixLauncher::new,
                () -> Optional.of(leader),
                LinkSecurity.NONE,
                this::now,
                vertx,
                meters,
                onFatal);
    }

    private Moment now() {
        return new Moment(System.nanoTime() - origin, Instant.now());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
