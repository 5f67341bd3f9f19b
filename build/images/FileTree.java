import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Files and folders for a layer, by the path that they have in the image (without the first slash). */
final class FileTree {
    /** Folders that anybody may write. */
    private static final String OPEN_FOLDER = "tmp";

    private final SortedMap<String, Path> sources = new TreeMap<>();
    private final long seconds;
    private final boolean ownTimes;

    private FileTree(long seconds, boolean ownTimes) {
        this.seconds = seconds;
        this.ownTimes = ownTimes;
    }

    /** One in which all files have the same time of last change. */
    static FileTree ofTime(long seconds) {
        return new FileTree(seconds, false);
    }

    /** One in which files keep their time, as those of packages should. */
    static FileTree withOwnTimes(long seconds) {
        return new FileTree(seconds, true);
    }

    /** Adds a file, with the folders above it. */
    FileTree add(String path, Path source) {
        addFoldersAbove(path, source.toAbsolutePath().getParent());
        sources.put(path, source);
        return this;
    }

    /** Adds a file or what is in a folder, of its files those that are wanted; with the folders above {@code path}. */
    FileTree addAll(String path, Path folder, Predicate<Path> wanted) throws IOException {
        addFoldersAbove(path, Files.isDirectory(folder) ? folder : folder.toAbsolutePath().getParent());
        try (var found = Files.walk(folder)) {
            for (var source : found.toList()) {
                var below = folder.relativize(source).toString();
                var name = below.isEmpty() ? path : path.isEmpty() ? below : path + "/" + below;
                if (!name.isEmpty() && (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS) || wanted.test(source))) {
                    sources.put(name, source);
                }
            }
        }
        return this;
    }

    /** @param folder any: that it is one is all that counts */
    private void addFoldersAbove(String path, Path folder) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            sources.put(path.substring(0, slash), folder);
        }
    }

    /** @param copy where the same files are to be seen a second time, taking no room */
    void writeTo(Tar tar, Optional<String> copy) throws IOException {
        for (var entry : sources.entrySet()) {
            write(tar, entry.getKey(), entry.getValue());
        }
        if (copy.isPresent()) {
            writeCopy(tar, copy.get());
        }
    }

    private void write(Tar tar, String path, Path source) throws IOException {
        if (Files.isSymbolicLink(source)) {
            tar.symbolicLink(path, Files.readSymbolicLink(source).toString(), seconds);
        } else if (Files.isDirectory(source)) {
            tar.folder(path, modeOfFolder(path), seconds);
        } else {
            tar.file(path, source, mode(source), seconds(source));
        }
    }

    private void writeCopy(Tar tar, String folder) throws IOException {
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            tar.folder(folder.substring(0, slash), 0755, seconds);
        }
        tar.folder(folder, 0755, seconds);
        for (Map.Entry<String, Path> entry : sources.entrySet()) {
            var source = entry.getValue();
            var path = folder + "/" + entry.getKey();
            if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
                tar.hardLink(path, entry.getKey(), mode(source), seconds(source));
            } else if (Files.isSymbolicLink(source)) {
                write(tar, path, source);
            } else {
                tar.folder(path, modeOfFolder(entry.getKey()), seconds);
            }
        }
    }

    private static int modeOfFolder(String path) {
        return path.equals(OPEN_FOLDER) ? 01777 : 0755;
    }

    /** Neither more rights than these, nor those of whoever unpacked it. */
    private static int mode(Path source) {
        return Files.isExecutable(source) ? 0755 : 0644;
    }

    private long seconds(Path source) throws IOException {
        return ownTimes ? Files.getLastModifiedTime(source).toMillis() / 1000 : seconds;
    }
}
