package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.ChildProcesses;
import dev.proffer.testing.kubernetes.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node: a process with namespaces of its own, and in them a container runtime, a kubelet and a kube-proxy. It has its own
 * processes, network, mounts, cgroups, {@code /var} and {@code /run}, and this machine's other files.
 */
public final class Node {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");
    private static final String REGION = "region-1";
    private static final String CONTAINERD = "containerd";
    private static final String KUBELET = "kubelet";
    private static final String PROXY = "kube-proxy";

    private final int number;
    private final Namespaces namespaces;
    private final ChildProcesses processes;
    private final Network network;
    private final Programs programs;
    private final Path folder;
    private final Map<String, Process> running = new HashMap<>();

    private Node(
            int number,
            Namespaces namespaces,
            ChildProcesses processes,
            Network network,
            Programs programs,
            Path folder) {
        this.number = number;
        this.namespaces = namespaces;
        this.processes = processes;
        this.network = network;
        this.programs = programs;
        this.folder = folder;
    }

    /** Makes the {@code number}th of that many nodes, with a container runtime. */
    static Node start(
            int number, int nodes, ClusterFolder cluster, ChildProcesses processes, Network network, Programs programs)
            throws IOException {
        var folder = Files.createDirectory(cluster.path().resolve(name(number)));
        var command = Namespaces.making(
                cluster, name(number), List.of("sh", cluster.nodeScript().toString(), folder.toString(), name(number)));
        var log = name(number) + "/node";
        var outer = processes.start(log, command);
        Await.until(
                () -> isReady(processes.log(log)),
                PATIENCE,
                () -> "no namespaces for a node: " + Await.end(processes.log(log)));
        long first = outer.children().findFirst().orElseThrow().pid();
        var namespaces = new Namespaces(cluster, name(number), first);
        namespaces.publish();
        var node = new Node(number, namespaces, processes, network, programs, folder);
        network.connect(number, first);
        network.setUp(number, nodes).forEach(namespaces::run);
        node.startRuntime();
        return node;
    }

    private static boolean isReady(Path log) {
        try {
            return Files.readString(log).endsWith("ready\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int number) {
        return "node-" + number;
    }

    public String name() {
        return name(number);
    }

    /** On the network that it shares with the other nodes and this machine. */
    public String address() {
        return network.addresses().node(number);
    }

    /** The value of its label {@code topology.kubernetes.io/zone}. */
    public String zone() {
        return ZONES.get((number - 1) % ZONES.size());
    }

    /** Cuts it off from all others. Its pods run on. */
    public void partition() {
        network.cut(number);
    }

    public void heal() {
        network.mend(number);
    }

    /** Its pods run on. */
    public void killKubelet() {
        kill(KUBELET);
    }

    public void startKubelet() {
        start(
                KUBELET,
                programs.path(KUBELET),
                "--config=" + NodeFiles.FOLDER + "/kubelet.yaml",
                "--kubeconfig=" + NodeFiles.FOLDER + "/kubelet.kubeconfig",
                "--hostname-override=" + name(),
                "--node-ip=" + address(),
                "--node-labels=topology.kubernetes.io/zone=" + zone() + ",topology.kubernetes.io/region=" + REGION,
                "--v=2");
    }

    /** Kills the container runtime and starts it again. Containers run on. */
    public void restartContainerd() {
        kill(CONTAINERD);
        startContainerd();
    }

    /** Mends what tests may have broken. */
    void restore() {
        heal();
        if (!running.containsKey(KUBELET)) {
            startKubelet();
        }
    }

    /** Runs a program on the node, as root, and returns what it printed. Fails if that fails. */
    public String run(String... command) {
        return namespaces.run(List.of(command));
    }

    /** Imports the archive of an image, or of several, as {@code docker save} writes them. */
    public void importImages(Path archive) {
        namespaces.importImages(archive);
    }

    private void startRuntime() throws IOException {
        var files = Files.createDirectories(folder.resolve("var/lib/node"));
        NodeFiles.writeRuntime(files, network.addresses(), number, programs.cni());
        startContainerd();
    }

    private void startContainerd() {
        start(CONTAINERD, CONTAINERD, "--config", NodeFiles.FOLDER + "/containerd.toml");
        // Of the file system on which it has its socket, it alone can say whether it answers.
        Await.until(this::answers, PATIENCE, () -> "no container runtime: " + Await.end(log(CONTAINERD)));
    }

    private boolean answers() {
        try {
            run("ctr", "--address", NodeFiles.CONTAINERD_SOCKET, "version");
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** Starts what makes it a node of that cluster. {@code clients} is the certificate of who vouches for the API server. */
    void join(Access access, Identity kubelet, Identity proxy, Path clients) throws IOException {
        NodeFiles.write(folder.resolve("var/lib/node"), network.addresses(), access, kubelet, proxy, clients);
        startKubelet();
        start(
                PROXY,
                programs.path(PROXY),
                "--config=" + NodeFiles.FOLDER + "/kube-proxy.yaml",
                "--hostname-override=" + name());
    }

    private void start(String program, String... command) {
        if (running.containsKey(program)) {
            throw new IllegalStateException(program + " of " + name() + " runs");
        }
        try {
            running.put(program, processes.start(name() + "/" + program, namespaces.entering(List.of(command))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(String program) {
        var process = running.remove(program);
        if (process == null) {
            throw new IllegalStateException(program + " of " + name() + " does not run");
        }
        // The one outside waits for the one inside and ends with it.
        process.children().forEach(child -> {
            child.destroyForcibly();
            child.onExit().join();
        });
        processes.kill(process);
    }

    /** The output of one of its programs. */
    Path log(String program) {
        return processes.log(name() + "/" + program);
    }
}
