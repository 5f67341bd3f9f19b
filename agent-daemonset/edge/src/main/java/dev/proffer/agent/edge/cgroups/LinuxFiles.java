package dev.proffer.agent.edge.cgroups;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The running kernel's files, below a root: {@code /}, or a folder that a test has laid out. */
public final class LinuxFiles implements KernelFiles {
    private final Path root;

    public LinuxFiles(Path root) {
        this.root = root;
    }

    public static LinuxFiles ofMachine() {
        return new LinuxFiles(Path.of("/"));
    }

    @Override
    public String read(String path) throws IOException {
        return Files.readString(file(path), StandardCharsets.UTF_8);
    }

    @Override
    public void write(String path, String text) throws IOException {
        try (var channel = FileChannel.open(file(path), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(file(path));
    }

    @Override
    public List<String> folders(String path) throws IOException {
        var folder = file(path);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void makeFolder(String path) throws IOException {
        try {
            Files.createDirectory(file(path));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(file(path))) {
                throw there;
            }
        }
    }

    @Override
    public void removeFolder(String path) throws IOException {
        Files.deleteIfExists(file(path));
    }

    @Override
    public void signal(long pid, boolean force) {
        ProcessHandle.of(pid).ifPresent(force ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }

    private Path file(String path) {
        return root.resolve(path.substring(1));
    }
}
