package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is known of a cluster, for somebody who asks why a test failed. What cannot be had is left out. */
record Evidence(MachineCluster cluster, Kubectl kubectl) {

    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            copyLogs(folder.resolve("programs"));
            ask(folder.resolve("objects.yaml"), "get", "all", "-A", "-o", "yaml");
            ask(folder.resolve("nodes.yaml"), "get", "nodes", "-o", "yaml");
            ask(folder.resolve("pods.txt"), "get", "pods", "-A", "-o", "wide");
            ask(folder.resolve("events.txt"), "get", "events", "-A", "--sort-by=.metadata.creationTimestamp");
            writePodLogs(Files.createDirectories(folder.resolve("pods")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyLogs(Path target) throws IOException {
        var source = cluster.folder();
        // Below /var of the nodes there are whole images.
        try (var files = Files.walk(source, 2)) {
            for (var log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                var copy = target.resolve(source.relativize(log));
                Files.createDirectories(copy.getParent());
                Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void writePodLogs(Path folder) throws IOException {
        var names = kubectl.run(
                        "get",
                        "pods",
                        "-A",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.namespace} {.metadata.name}{\"\\n\"}{end}")
                .out();
        for (var line : names.lines().toList()) {
            var words = line.split(" ", -1);
            var pod = words[0] + "." + words[1];
            ask(folder.resolve(pod + ".log"), "logs", "--all-containers", "--prefix", "-n", words[0], words[1]);
            ask(
                    folder.resolve(pod + ".before.log"),
                    "logs",
                    "--previous",
                    "--all-containers",
                    "--prefix",
                    "-n",
                    words[0],
                    words[1]);
        }
    }

    private void ask(Path file, String... arguments) throws IOException {
        var answer = kubectl.run(arguments);
        if (answer.code() == 0) {
            Files.writeString(file, answer.out());
        }
    }
}
