package dev.proffer.master.edge.files;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some files say, read again when they change. While they cannot be read, or make no sense, what they said last holds.
 * Any thread asks; one at a time refreshes.
 */
public final class ReloadedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadedFiles.class);

    /** Far above any certificate chain; a larger file is a mistake. */
    private static final int MOST_BYTES = 1 << 20;

    private final String what;
    private final Source source;
    private final Parser<T> parser;
    private volatile List<Content> contents;
    private volatile T value;
    private volatile @Nullable String problem;

    /** What a file holds. */
    public record Content(String name, Buffer bytes) {}

    /** Makes sense of the files' contents, in the order in which the source names them. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IOException if they make no sense; the message says why, and no secret */
        T parse(List<Content> contents) throws IOException;
    }

    /** Which files there are. */
    @FunctionalInterface
    public interface Source {
        List<Path> paths() throws IOException;
    }

    private ReloadedFiles(String what, Source source, Parser<T> parser) throws IOException {
        this.what = what;
        this.source = source;
        this.parser = parser;
        this.contents = read(source.paths());
        this.value = parser.parse(contents);
    }

    /**
     * Reads the files for the first time.
     *
     * @param what they are, for messages
     * @throws IllegalStateException if they cannot be read or make no sense; the message names them
     */
    public static <T> ReloadedFiles<T> open(String what, List<Path> paths, Parser<T> parser) {
        return open(what + " " + paths, () -> paths, parser);
    }

    /**
     * Reads a folder's files for the first time: a mounted Secret or ConfigMap, a file for each of its keys.
     *
     * @param what they are, for messages
     * @throws IllegalStateException if they cannot be read or make no sense; the message names the folder
     */
    public static <T> ReloadedFiles<T> openFolder(String what, Path folder, Parser<T> parser) {
        return open(what + " " + folder, () -> keys(folder), parser);
    }

    private static <T> ReloadedFiles<T> open(String what, Source source, Parser<T> parser) {
        try {
            return new ReloadedFiles<>(what, source, parser);
        } catch (IOException e) {
            throw new IllegalStateException(what + " cannot be used: " + describe(e), e);
        }
    }

    /** Names with two dots in front are the mount's own, behind what changes at once. */
    private static List<Path> keys(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("..") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    public T value() {
        return value;
    }

    /** Why the files' newest content is not in use, if it is not. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Looks whether the files have changed. Blocks. */
    public synchronized void refresh() {
        try {
            var newest = read(source.paths());
            if (!newest.equals(contents)) {
                value = parser.parse(newest);
                contents = newest;
                LOG.info("{} read again", what);
            }
            problem = null;
        } catch (IOException e) {
            var reason = describe(e);
            if (!reason.equals(problem)) {
                LOG.error("{} cannot be read again, the last content stays in use: {}", what, reason);
            }
            problem = reason;
        }
    }

    private static List<Content> read(List<Path> paths) throws IOException {
        var contents = new ArrayList<Content>();
        for (var path : paths) {
            try (var input = Files.newInputStream(path)) {
                var bytes = input.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException(path + " is larger than " + MOST_BYTES + " bytes");
                }
                contents.add(new Content(path.getFileName().toString(), Buffer.buffer(bytes)));
            }
        }
        return contents;
    }

    /** The exceptions of the file system say the path and nothing else. */
    private static String describe(IOException e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
