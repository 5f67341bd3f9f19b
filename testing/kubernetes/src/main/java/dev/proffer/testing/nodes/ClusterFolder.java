package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.KubernetesBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/**
 * All files of a running cluster. The folder is named after the process that runs the cluster, and so are the cluster's cgroup and
 * its network interface: what a killed process leaves is found by that name.
 */
record ClusterFolder(Path path) {
    private static final String SWEEP = "sweep.sh";
    private static final String ENTER = "enter.sh";
    private static final String NODE = "node.sh";
    private static final String STARTED = "started";

    /** Makes the folder of this process's cluster, after sweeping away what dead ones have left. */
    static ClusterFolder create() {
        try {
            sweepDead();
            var self = ProcessHandle.current();
            var unnamed = all().resolve(".new-" + self.pid());
            new Command(List.of("rm", "-rf", unnamed.toString())).run();
            Files.createDirectory(
                    unnamed, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(
                    unnamed.resolve(STARTED),
                    self.info().startInstant().orElseThrow().toString());
            for (var script : List.of(SWEEP, ENTER, NODE)) {
                Scripts.write(script, unnamed);
            }
            return new ClusterFolder(Files.move(unnamed, all().resolve(Long.toString(self.pid()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the clusters that run. */
    static List<ClusterFolder> living() {
        return existing().stream().filter(ClusterFolder::isAlive).toList();
    }

    /** Ends and removes all that is left of clusters whose process is gone. */
    static void sweepDead() {
        existing().stream().filter(folder -> !folder.isAlive()).forEach(ClusterFolder::sweep);
    }

    private static List<ClusterFolder> existing() {
        try (var folders = Files.list(Files.createDirectories(all()))) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .sorted()
                    .map(ClusterFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the cache, as a machine's temporary folder may be in its memory, and images are large. */
    static Path all() {
        return KubernetesBinaries.caches(System.getenv()).resolve("clusters");
    }

    /** Of the cluster, its cgroup, and its interface on this machine: at most 15 characters. */
    String name() {
        return "proffer-" + path.getFileName();
    }

    ProcessHandle owner() {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private long pid() {
        return Long.parseLong(path.getFileName().toString());
    }

    /** Processes are told from others that got their number later by when they started. */
    boolean isAlive() {
        try {
            var started = Instant.parse(Files.readString(path.resolve(STARTED)));
            return ProcessHandle.of(pid())
                    .flatMap(process -> process.info().startInstant())
                    .filter(started::equals)
                    .isPresent();
        } catch (IOException removedMeanwhile) {
            return false;
        }
    }

    /** Runs a command in a cgroup of the cluster; the command takes the place of the one that this begins with. */
    List<String> entering(String cgroup) {
        return List.of("sh", path.resolve(ENTER).toString(), name() + "/" + cgroup);
    }

    Path nodeScript() {
        return path.resolve(NODE);
    }

    /** The command that removes all but the folder. */
    List<String> cleaner() {
        return List.of("sh", path.resolve(SWEEP).toString(), name());
    }

    void sweep() {
        if (Files.exists(path)) {
            Scripts.write(SWEEP, path);
            new Command(cleaner()).run();
            new Command(List.of("rm", "-rf", path.toString())).run();
        }
    }
}
