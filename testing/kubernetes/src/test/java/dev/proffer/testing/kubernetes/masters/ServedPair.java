package dev.proffer.testing.kubernetes.masters;

import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TcpProxy;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Agent;
import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.Master;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two masters, of which the first leads, and two agents. Agents and frameworks reach the leader through Services whose
 * EndpointSlices it writes; here a proxy plays the node's part.
 */
final class ServedPair {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCHEDULERS = "schedulers";
    private static final String AGENTS = "agent-link";

    private final TestKubernetes kubernetes;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final TcpProxy schedulers;
    private final TcpProxy agents;
    final Master first;
    final Master second;
    final OfferWatch offers;

    ServedPair(TestKubernetes kubernetes, Path folder) throws IOException {
        this.kubernetes = kubernetes;
        this.schedulers = opened(TcpProxy.before(new Endpoint(SCHEDULERS)));
        this.agents = opened(TcpProxy.before(new Endpoint(AGENTS)));
        this.first = master("first");
        first.awaitReady();
        this.second = master("second");
        second.awaitReady();
        opened(Agent.start("one", folder.resolve("one"), agents.port()));
        opened(Agent.start("two", folder.resolve("two"), agents.port()));
        this.offers = opened(new OfferWatch(schedulers.port()));
        await().atMost(PATIENCE).until(() -> !offers.offers().isEmpty());
    }

    private Master master(String name) throws IOException {
        return opened(Master.start(
                name,
                Master.Ports.free(),
                "kubeconfig=" + kubernetes.kubeconfig(kubernetes.access()),
                "proffer.master.namespace=" + kubernetes.namespace(),
                "proffer.master.address=" + ownAddress(),
                "proffer.master.listeners.test.host=0.0.0.0",
                "proffer.master.listeners.test.advertised-port=" + schedulers.port(),
                "proffer.master.listeners.test.service=" + SCHEDULERS,
                "proffer.master.agents.host=0.0.0.0",
                "proffer.master.agents.service=" + AGENTS));
    }

    /** Runs one task to its end. */
    void runATask() throws IOException, InterruptedException {
        try (var hello =
                Hello.start(URI.create("http://127.0.0.1:" + schedulers.port()), "--tasks", "1", "--command", "true")) {
            hello.awaitExit(0);
        }
    }

    /** The first offer to who subscribed after that reading of {@link System#nanoTime}. */
    Duration firstOfferAfter(long nanos) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> offers.offers().stream().anyMatch(offer -> offer.subscribedAt() > nanos));
        long first = offers.offers().stream()
                .filter(offer -> offer.subscribedAt() > nanos)
                .findFirst()
                .orElseThrow()
                .at();
        return Duration.ofNanos(first - nanos);
    }

    long term() {
        var lease = kubernetes.admin().leases().withName("proffer-master").get();
        return Long.parseLong(lease.getMetadata().getAnnotations().get("proffer.dev/term"));
    }

    /** EndpointSlices do not take addresses of the loopback interface. */
    private static String ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow(() -> new IOException("this machine has no address but the loopback interface's"));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        started.push(closeable);
        return closeable;
    }

    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    /** Where an EndpointSlice leads, or led when the API server was last heard of. */
    private final class Endpoint implements Supplier<InetSocketAddress> {
        private final String name;
        private volatile @Nullable InetSocketAddress last;

        Endpoint(String name) {
            this.name = name;
        }

        @Override
        public InetSocketAddress get() {
            try {
                var slice = kubernetes
                        .admin()
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .withName(name)
                        .get();
                Optional.ofNullable(slice).map(Endpoint::of).ifPresent(address -> last = address);
            } catch (KubernetesClientException silent) {
                // What is known stays.
            }
            var known = last;
            return known == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 1) : known;
        }

        private static InetSocketAddress of(EndpointSlice slice) {
            return new InetSocketAddress(
                    slice.getEndpoints().getFirst().getAddresses().getFirst(),
                    slice.getPorts().getFirst().getPort());
        }
    }
}
