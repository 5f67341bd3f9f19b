package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the kernel tells of a process, without the limits in length that {@link ProcessHandle.Info} has. */
final class ProcFile {
    private static final Path PROC = Path.of("/proc");

    private ProcFile() {}

    /** Byte by byte one character; empty for a process that is gone or another user's, and without a proc file system. */
    static Optional<String> read(ProcessHandle process, String file) {
        try {
            var path = PROC.resolve(Long.toString(process.pid())).resolve(file);
            return Optional.of(Files.readString(path, StandardCharsets.ISO_8859_1));
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }

    /** The entries of a file in which each ends with a zero byte. */
    static List<String> entries(ProcessHandle process, String file) {
        return read(process, file).map(content -> List.of(content.split("\0"))).orElse(List.of());
    }

    /** That text as {@link #entries} gives it. */
    static String asEntry(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
