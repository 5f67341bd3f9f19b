package dev.proffer.agent.edge.launcher.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The root file system of tasks without an image.
 *
 * @param path what the runtime takes for root, read-only
 * @param folders of the machine, seen at the same place in it, read-only
 */
record TaskRoot(Path path, List<Path> folders) {
    /** Where the task's sandbox is, as in Mesos' containers with a root of their own. */
    static final String SANDBOX = "/mnt/mesos/sandbox";

    static final String INIT = "/mnt/mesos/init";

    /** These a container has of its own. */
    private static final Set<String> OWN = Set.of("dev", "proc", "sys", "run", "tmp", "mnt");

    TaskRoot {
        folders = List.copyOf(folders);
    }

    /** @param folder for a root that consists of the machine's folders */
    static TaskRoot of(Path configured, Path folder) throws IOException {
        return configured.equals(Path.of("/")) ? ofMachine(folder) : new TaskRoot(configured, List.of());
    }

    private static TaskRoot ofMachine(Path root) throws IOException {
        var folders = new ArrayList<Path>();
        Files.createDirectories(root.resolve(SANDBOX.substring(1)));
        for (var name : OWN) {
            Files.createDirectories(root.resolve(name));
        }
        var init = root.resolve(INIT.substring(1));
        if (!Files.exists(init)) {
            Files.createFile(init);
        }
        try (var entries = Files.list(Path.of("/"))) {
            for (var entry : entries.sorted().toList()) {
                var here = root.resolve(entry.getFileName().toString());
                if (Files.isSymbolicLink(entry)) {
                    Files.deleteIfExists(here);
                    Files.createSymbolicLink(here, Files.readSymbolicLink(entry));
                } else if (Files.isDirectory(entry)
                        && !OWN.contains(entry.getFileName().toString())) {
                    Files.createDirectories(here);
                    folders.add(entry);
                }
            }
        }
        return new TaskRoot(root, folders);
    }
}
