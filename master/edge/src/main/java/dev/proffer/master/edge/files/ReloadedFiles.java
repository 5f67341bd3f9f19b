package dev.proffer.master.edge.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final long MOST_BYTES = 1 << 20;

    private final String what;
    private final List<Path> paths;
    private final Parser<T> parser;
    private volatile List<byte[]> contents;
    private volatile T value;
    private volatile @Nullable String problem;

    /** Makes sense of the files' contents, in the order of their paths. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IOException if they make no sense; the message says why, and no secret */
        T parse(List<byte[]> contents) throws IOException;
    }

    private ReloadedFiles(String what, List<Path> paths, Parser<T> parser) throws IOException {
        this.what = what;
        this.paths = List.copyOf(paths);
        this.parser = parser;
        this.contents = read(this.paths);
        this.value = parser.parse(contents);
    }

    /**
     * Reads the files for the first time.
     *
     * @param what they are, for messages
     * @throws IllegalStateException if they cannot be read or make no sense; the message names them
     */
    public static <T> ReloadedFiles<T> open(String what, List<Path> paths, Parser<T> parser) {
        try {
            return new ReloadedFiles<>(what, paths, parser);
        } catch (IOException e) {
            throw new IllegalStateException(what + " " + paths + " cannot be used: " + describe(e), e);
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
            var newest = read(paths);
            if (!same(newest, contents)) {
                value = parser.parse(newest);
                contents = newest;
                LOG.info("{} read again files={}", what, paths);
            }
            problem = null;
        } catch (IOException e) {
            var reason = describe(e);
            if (!reason.equals(problem)) {
                LOG.error("{} cannot be read again, the last one stays in use files={}: {}", what, paths, reason);
            }
            problem = reason;
        }
    }

    private static List<byte[]> read(List<Path> paths) throws IOException {
        var contents = new ArrayList<byte[]>();
        for (var path : paths) {
            try (var input = Files.newInputStream(path)) {
                var content = input.readNBytes((int) MOST_BYTES + 1);
                if (content.length > MOST_BYTES) {
                    throw new IOException(path + " is larger than " + MOST_BYTES + " bytes");
                }
                contents.add(content);
            }
        }
        return contents;
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The exceptions of the file system say the path and nothing else. */
    private static String describe(IOException e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
