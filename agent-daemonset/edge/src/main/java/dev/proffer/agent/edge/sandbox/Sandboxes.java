package dev.proffer.agent.edge.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where tasks' sandboxes are, laid out as in Mesos:
 * {@code slaves/<agent>/frameworks/<framework>/executors/<executor>/runs/<container>}, with a link {@code latest} beside the
 * last. Any thread.
 */
public final class Sandboxes {
    private final Path root;

    public Sandboxes(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** Makes the folder. A second call changes nothing. */
    public Path create(String agent, String framework, String executor, String container) throws IOException {
        var runs = runs(agent, framework, executor);
        var sandbox = Files.createDirectories(runs.resolve(name(container)));
        var next = runs.resolve("latest.next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, Path.of(container));
        Files.move(next, runs.resolve("latest"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return sandbox;
    }

    private Path runs(String agent, String framework, String executor) {
        return root.resolve("slaves")
                .resolve(name(agent))
                .resolve("frameworks")
                .resolve(name(framework))
                .resolve("executors")
                .resolve(name(executor))
                .resolve("runs");
    }

    /** Ids come from outside: none may lead out of its place. The master has checked them, but this is the last door. */
    private static String name(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..") || id.indexOf('/') >= 0 || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + id + "' cannot be the name of a folder");
        }
        return id;
    }
}
