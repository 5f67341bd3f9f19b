package dev.proffer.agent.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** An agent's folder on disk, which one agent at a time may use: two would write one journal. */
final class StateFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IOException if it cannot be written, or another agent uses it */
    static StateFolder claim(Path path) throws IOException {
        Files.createDirectories(path);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("the state folder " + path
                    + " is in use by another agent: stop that one, or give this one a folder of its own");
        }
        return new StateFolder(path, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    Path journal() {
        return path.resolve("journal");
    }

    Path launcher() {
        return path.resolve("launcher");
    }

    /** Of the sandboxes. */
    Path work() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
