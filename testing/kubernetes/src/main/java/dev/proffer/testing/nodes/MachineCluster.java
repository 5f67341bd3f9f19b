package dev.proffer.testing.nodes;

import dev.proffer.testing.authority.TestAuthority;
import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.ApiServer;
import dev.proffer.testing.kubernetes.ChildProcesses;
import dev.proffer.testing.kubernetes.ControlPlane;
import dev.proffer.testing.kubernetes.Identity;
import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.kubernetes.RunningCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A whole Kubernetes on this machine. It ends with this JVM, however that ends, and leaves nothing. */
final class MachineCluster implements RunningCluster {
    /** How soon a node that is not heard of counts as lost. */
    static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration KEYS_LIFETIME = Duration.ofDays(365);

    private final ChildProcesses processes;
    private final Programs programs;
    private final ApiServer server;
    private final List<Node> nodes;

    private MachineCluster(ChildProcesses processes, Programs programs, ApiServer server, List<Node> nodes) {
        this.processes = processes;
        this.programs = programs;
        this.server = server;
        this.nodes = nodes;
    }

    /** Starts it and waits until its nodes are ready. Fails with what this machine lacks for it. */
    static MachineCluster start(int count) {
        var programs = Programs.ofThisMachine();
        var folder = ClusterFolder.create();
        try {
            var processes = ChildProcesses.in(folder.path(), folder.entering("machine"), folder.cleaner());
            try {
                return new Start(folder, processes, programs, count).run();
            } catch (IOException | RuntimeException e) {
                processes.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps to a running cluster. */
    private record Start(ClusterFolder folder, ChildProcesses processes, Programs programs, int count) {

        MachineCluster run() throws IOException {
            var network = Network.start(processes, folder.name());
            var nodes = startNodes(network);
            var authority = new TestAuthority("proffer-nodes", KEYS_LIFETIME);
            var certificate = authority.certificate(folder.path());
            var kubelets = IntStream.rangeClosed(1, count)
                    .mapToObj(number -> Identity.of("system:node:node-" + number, "system:nodes"))
                    .toList();
            var proxy = Identity.of("system:kube-proxy", "system:node-proxier");
            var dns = Identity.of("coredns", "proffer:dns");
            var identities = new ArrayList<>(kubelets);
            identities.addAll(List.of(proxy, dns));
            var server = ApiServer.start(
                    programs.kubernetes(), processes, controlPlane(network, authority, certificate, identities));
            startScheduler(server.access());
            for (int i = 0; i < count; i++) {
                nodes.get(i).join(server.access(), kubelets.get(i), proxy, certificate);
            }
            var cluster = new MachineCluster(processes, programs, server, nodes);
            new ClusterDns(processes, programs, network).start(server.access(), dns, cluster.kubectl(server.access()));
            cluster.awaitNodes();
            return cluster;
        }

        private List<Node> startNodes(Network network) throws IOException {
            var image = ProbeImage.write(programs.kubernetes().program(Programs.PROBE), folder.path());
            var nodes = new ArrayList<Node>();
            for (int number = 1; number <= count; number++) {
                nodes.add(Node.start(number, count, folder, processes, network, programs));
            }
            nodes.parallelStream().forEach(node -> node.importImages(image));
            return List.copyOf(nodes);
        }

        private ControlPlane controlPlane(
                Network network, TestAuthority authority, Path certificate, List<Identity> identities)
                throws IOException {
            var client = authority.issueClient(
                    Files.createDirectory(folder.path().resolve("kubelet-client")),
                    "CN=kube-apiserver,O=system:masters");
            return new ControlPlane(
                    network.addresses().machine(),
                    List.of(
                            "--client-ca-file=" + certificate,
                            "--kubelet-client-certificate=" + client.certificate(),
                            "--kubelet-client-key=" + client.key(),
                            "--kubelet-preferred-address-types=InternalIP"),
                    List.of(
                            "--node-monitor-grace-period=" + GRACE.toSeconds() + "s",
                            "--cluster-signing-cert-file=" + certificate,
                            "--cluster-signing-key-file=" + authority.key(folder.path())),
                    identities);
        }

        private void startScheduler(Access access) throws IOException {
            var kubeconfig = folder.path().resolve("scheduler.kubeconfig");
            Files.writeString(kubeconfig, access.kubeconfig());
            processes.start(
                    "kube-scheduler",
                    List.of(
                            programs.path("kube-scheduler"),
                            "--kubeconfig=" + kubeconfig,
                            "--leader-elect=false",
                            "--secure-port=0"));
        }
    }

    void importImages(List<Path> archives) {
        nodes.parallelStream().forEach(node -> archives.forEach(node::importImages));
    }

    private void awaitNodes() {
        try (var client = client()) {
            for (var node : nodes) {
                if (!isReadyWithin(node, client, PATIENCE)) {
                    // Where the machine is busy, a kubelet may find that its node is not registered yet, and give up.
                    node.killKubelet();
                    node.startKubelet();
                    if (!isReadyWithin(node, client, PATIENCE)) {
                        throw new IllegalStateException(
                                node.name() + " was not ready: " + Await.end(node.log("kubelet")));
                    }
                }
            }
        }
    }

    private static boolean isReadyWithin(Node node, KubernetesClient client, Duration patience) {
        try {
            Await.until(() -> client.nodes().withName(node.name()).isReady(), patience, () -> "not ready");
            return true;
        } catch (IllegalStateException late) {
            return false;
        }
    }

    private KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(access().clientConfig()).build();
    }

    ApiServer server() {
        return server;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Mends what tests may have broken, and waits until all nodes are ready. */
    void restore() {
        if (server.isStopped()) {
            server.start();
        }
        nodes.forEach(Node::restore);
        awaitNodes();
    }

    @Override
    public Access access() {
        return server.access();
    }

    @Override
    public Path kubectl() {
        return programs.kubernetes().program("kubectl");
    }

    private Kubectl kubectl(Access access) throws IOException {
        var kubeconfig = folder().resolve("admin.kubeconfig");
        Files.writeString(kubeconfig, access.kubeconfig());
        return new Kubectl(kubectl(), kubeconfig, folder());
    }

    @Override
    public Path folder() {
        return processes.folder();
    }

    @Override
    public void close() {
        processes.close();
    }
}
