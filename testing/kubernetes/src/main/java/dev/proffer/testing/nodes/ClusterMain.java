package dev.proffer.testing.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code up NODES} starts a cluster that stays, and says how to reach it; {@code down} ends it. {@code import FILE...} brings images to
 * its nodes, {@code run NODE COMMAND...} runs a program on one. A process of its own runs the cluster: {@code hold NODES}.
 */
public final class ClusterMain {
    private static final Duration START_PATIENCE = Duration.ofMinutes(8);
    private static final Duration END_PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_NODES = 9;
    private static final String USAGE = "usage: up NODES | down | import FILE... | run NODE COMMAND...";

    /** Its folder has a file of this name, with the kubeconfig of the administrator, as soon as it is ready. */
    private static final String KUBECONFIG = "kubeconfig";

    /** Its folder has a file of this name: clusters of tests have not. */
    private static final String STAYS = "stays";

    private ClusterMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            var words = List.of(arguments);
            var verb = words.isEmpty() ? "" : words.getFirst();
            switch (verb) {
                case "up" -> up(nodes(words));
                case "hold" -> hold(nodes(words));
                case "down" -> down();
                case "import" -> importImages(words.subList(1, words.size()));
                case "run" -> System.exit(run(words.subList(1, words.size())));
                default -> throw new IllegalArgumentException(USAGE);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int nodes(List<String> words) {
        if (words.size() != 2 || !words.getLast().matches("[1-" + MOST_NODES + "]")) {
            throw new IllegalArgumentException("NODES must be a number from 1 to " + MOST_NODES);
        }
        return Integer.parseInt(words.getLast());
    }

    private static void up(int nodes) throws IOException, InterruptedException {
        new Prerequisites(System.getenv()).complaint().ifPresent(complaint -> {
            throw new IllegalStateException(complaint);
        });
        var standing = standing();
        if (standing.isPresent()) {
            throw new IllegalStateException(
                    "a cluster is up: `make cluster-down` ends it; to reach it:\n" + howToReach(standing.get()));
        }
        var log = Files.createTempFile("proffer-cluster", ".log");
        try {
            var holder = new ProcessBuilder(
                            "setsid",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ClusterMain.class.getName(),
                            "hold",
                            Integer.toString(nodes))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var giveUp = new Thread(holder::destroy);
            Runtime.getRuntime().addShutdownHook(giveUp);
            var folder = new ClusterFolder(ClusterFolder.all().resolve(Long.toString(holder.pid())));
            Await.until(
                    () -> !holder.isAlive() || Files.exists(folder.path().resolve(KUBECONFIG)),
                    START_PATIENCE,
                    () -> "the cluster did not start in time; see " + folder.path());
            if (!holder.isAlive()) {
                throw new IllegalStateException(Files.readString(log).strip());
            }
            Runtime.getRuntime().removeShutdownHook(giveUp);
            System.out.println(howToReach(folder));
        } finally {
            Files.delete(log);
        }
    }

    private static void hold(int nodes) throws IOException, InterruptedException {
        var cluster = MachineCluster.start(nodes);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        Files.createFile(cluster.folder().resolve(STAYS));
        var unfinished = cluster.folder().resolve(".kubeconfig");
        Files.writeString(unfinished, cluster.access().kubeconfig());
        Files.move(unfinished, cluster.folder().resolve(KUBECONFIG));
        Thread.currentThread().join();
    }

    private static void down() {
        var standing = standing();
        standing.ifPresent(folder -> {
            var holder = folder.owner();
            holder.destroy();
            Await.until(
                    () -> !holder.isAlive() && !Files.exists(folder.path()),
                    END_PATIENCE,
                    () -> "the cluster of process " + holder.pid() + " did not end; see " + folder.path());
        });
        ClusterFolder.sweepDead();
        System.out.println(standing.isPresent() ? "the cluster is down" : "no cluster was up");
    }

    private static void importImages(List<String> archives) {
        var nodes = nodesOfStanding();
        for (var archive : archives) {
            nodes.parallelStream().forEach(node -> node.importImages(Path.of(archive)));
        }
        System.out.println("imported into " + nodes.size() + " nodes: " + String.join(" ", archives));
    }

    private static int run(List<String> words) throws IOException, InterruptedException {
        if (words.size() < 2) {
            throw new IllegalArgumentException(USAGE);
        }
        var node = nodesOfStanding().stream()
                .filter(candidate -> candidate.node().equals(words.getFirst()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the cluster has no node " + words.getFirst()));
        return new ProcessBuilder(node.entering(words.subList(1, words.size())))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static List<Namespaces> nodesOfStanding() {
        return Namespaces.of(
                standing().orElseThrow(() -> new IllegalStateException("no cluster is up: run `make cluster`")));
    }

    private static Optional<ClusterFolder> standing() {
        return ClusterFolder.living().stream()
                .filter(folder -> Files.exists(folder.path().resolve(STAYS)))
                .findFirst();
    }

    private static String howToReach(ClusterFolder folder) {
        return "export KUBECONFIG=" + folder.path().resolve(KUBECONFIG);
    }
}
