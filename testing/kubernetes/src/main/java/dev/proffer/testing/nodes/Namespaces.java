package dev.proffer.testing.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The namespaces and cgroups of a node.
 *
 * @param first the node's first process, by the number that it has on this machine
 */
record Namespaces(ClusterFolder cluster, String node, long first) {
    private static final String FIRST = "first";
    private static final String SYSTEM = "system";

    /** Of all nodes of a cluster that another process may hold. */
    static List<Namespaces> of(ClusterFolder cluster) {
        try (var folders = Files.list(cluster.path())) {
            var found = new ArrayList<Namespaces>();
            for (var folder : folders.filter(candidate -> Files.exists(candidate.resolve(FIRST)))
                    .sorted()
                    .toList()) {
                long first = Long.parseLong(Files.readString(folder.resolve(FIRST)));
                found.add(new Namespaces(cluster, folder.getFileName().toString(), first));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets other processes find them. */
    void publish() throws IOException {
        Files.writeString(cluster.path().resolve(node).resolve(FIRST), Long.toString(first));
    }

    /** The command that makes them for a script, and those that it starts live in them. */
    static List<String> making(ClusterFolder cluster, String node, List<String> script) {
        // The root of its cgroups is the one in which it leaves this machine's; its processes are one below.
        var words = new ArrayList<>(cluster.entering(node));
        words.addAll(List.of("unshare", "--cgroup"));
        words.addAll(cluster.entering(node + "/" + SYSTEM));
        words.addAll(List.of("unshare", "--net", "--mount", "--uts", "--ipc", "--pid"));
        words.addAll(List.of("--fork", "--kill-child=KILL", "--propagation", "unchanged"));
        words.addAll(script);
        return words;
    }

    /** The command that runs another in them. */
    List<String> entering(List<String> command) {
        var words = new ArrayList<>(cluster.entering(node + "/" + SYSTEM));
        words.addAll(List.of("nsenter", "--target", Long.toString(first)));
        words.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--"));
        // nsenter stays outside: what it started ends with it.
        words.addAll(List.of("setpriv", "--pdeathsig", "KILL", "env", "TMPDIR=/var/tmp"));
        words.addAll(command);
        return words;
    }

    /** Runs a command in them and returns what it printed. */
    String run(List<String> command) {
        return new Command(entering(command)).run();
    }

    /** Imports an archive of images into the container runtime. */
    void importImages(Path archive) {
        new Command(entering(List.of(
                        "ctr",
                        "--address",
                        NodeFiles.CONTAINERD_SOCKET,
                        "--namespace",
                        "k8s.io",
                        "images",
                        "import",
                        "-")))
                .run(archive);
    }
}
