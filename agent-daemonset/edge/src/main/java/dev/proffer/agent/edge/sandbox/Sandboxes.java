package dev.proffer.agent.edge.sandbox;

import dev.proffer.agent.core.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where tasks' sandboxes are, laid out as in Mesos:
 * {@code slaves/<agent>/frameworks/<framework>/executors/<executor>/runs/<container>}, with a link {@code latest} beside the
 * last. Any thread.
 */
public final class Sandboxes {
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwxr-x---");

    private static final String LATEST = "latest";

    private final Path root;

    public Sandboxes(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** Makes the folder. A second call changes nothing. */
    public Path create(Container container) throws IOException {
        var runs = runs(container);
        var sandbox = runs.resolve(name(container.id()));
        Files.createDirectories(runs);
        if (!Files.isDirectory(sandbox)) {
            Files.createDirectory(sandbox, PosixFilePermissions.asFileAttribute(MODE));
        }
        var next = runs.resolve("latest.next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, Path.of(container.id()));
        Files.move(next, runs.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return sandbox;
    }

    /**
     * Where one is, or was.
     *
     * @param container its id; the executor's latest, if absent
     * @throws NoSuchFileException if the executor never had one here
     * @throws IllegalArgumentException if an id cannot be the name of a folder
     */
    public Path find(String agent, String framework, String executor, Optional<String> container) throws IOException {
        var runs = runs(agent, framework, executor);
        return runs.resolve(name(
                container.isPresent()
                        ? container.get()
                        : Files.readSymbolicLink(runs.resolve(LATEST)).toString()));
    }

    /** The executor of a command task has the task's id. */
    private Path runs(Container container) {
        return runs(
                container.agent().value(),
                container.task().framework().value(),
                container.task().task().value());
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
