package dev.proffer.agent.edge.launcher.linux;

import dev.proffer.agent.edge.launcher.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The root file system in which monitors live, copied from the agent's image to the state folder: the image's own goes with
 * the agent's container. Each version has a folder of its own, since monitors of before an upgrade go on using theirs.
 */
final class Toolbox {
    private Toolbox() {}

    /**
     * Copies it, unless that version is there.
     *
     * @param folder for toolboxes alone
     * @return the copy
     */
    static Path install(Path source, Path folder) throws IOException {
        Files.createDirectories(folder);
        var copy = folder.resolve(version(source));
        if (!Files.isDirectory(copy)) {
            var next = folder.resolve("next");
            Folders.delete(next);
            copy(source, next);
            Files.move(next, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    /** Removes those that nobody uses any more. */
    static void prune(Path folder, Set<Path> used) throws IOException {
        try (var versions = Files.list(folder)) {
            for (var version : versions.filter(path -> !used.contains(path)).toList()) {
                Folders.delete(version);
            }
        }
    }

    /** By names, sizes and times: an image's layers keep them. */
    private static String version(Path source) throws IOException {
        var checksum = new CRC32C();
        try (var files = Files.walk(source)) {
            for (var file : files.sorted().toList()) {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                var line = source.relativize(file) + " " + attributes.isRegularFile()
                        + (attributes.isRegularFile()
                                ? " " + attributes.size() + " "
                                        + attributes.lastModifiedTime().toMillis()
                                : "")
                        + "\n";
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, target.resolve(source.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        target.resolve(source.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
