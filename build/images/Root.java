import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A root file system: a folder below images/roots with a list of Debian packages, a list of their files that are not wanted, and
 * files of our own.
 */
final class Root {
    /** As Debian has it since /usr was merged; packages still know both. */
    private static final List<String> MERGED = List.of("bin", "sbin", "lib", "lib64");

    private final Path definition;
    private final Path folder;
    private final List<DebianPackages.Package> packages;
    private final long time;

    private Root(Path definition, Path folder, List<DebianPackages.Package> packages, long time) {
        this.definition = definition;
        this.folder = folder;
        this.packages = List.copyOf(packages);
        this.time = time;
    }

    /**
     * Puts one together. Files of packages keep their time, which changes with their version.
     *
     * @param folder for it; must not exist
     * @param time of what packages do not bring, in seconds since 1970
     */
    static Root make(Path definition, Path folder, DebianPackages packages, long time)
            throws IOException, InterruptedException {
        var wanted = packages.fetch(lines(definition.resolve("packages")));
        var root = new Root(definition, folder, wanted, time);
        root.unpack();
        root.bundleAuthorities();
        root.leaveOut();
        root.addOwn();
        return root;
    }

    Path folder() {
        return folder;
    }

    List<DebianPackages.Package> packages() {
        return packages;
    }

    private void unpack() throws IOException, InterruptedException {
        for (var name : MERGED) {
            Files.createDirectories(folder.resolve("usr").resolve(name));
            Files.createSymbolicLink(folder.resolve(name), Path.of("usr", name));
        }
        for (var each : packages) {
            Commands.run(
                    folder,
                    List.of(
                            "sh",
                            "-c",
                            "dpkg-deb --fsys-tarfile \"$0\" | tar --extract --keep-directory-symlink",
                            each.file().toString()));
            var control = Commands.run(folder, List.of("dpkg-deb", "-f", each.file().toString()));
            // Where scanners of images look for packages.
            write("var/lib/dpkg/status.d/" + each.name(), control);
        }
    }

    /** The one file that most programs read, as the package ca-certificates makes it when it is installed. */
    private void bundleAuthorities() throws IOException {
        var single = folder.resolve("usr/share/ca-certificates/mozilla");
        if (!Files.isDirectory(single)) {
            return;
        }
        var bundle = new StringBuilder();
        try (var files = Files.list(single)) {
            for (var file : files.sorted().toList()) {
                bundle.append(Files.readString(file).strip()).append('\n');
            }
        }
        write("etc/ssl/certs/ca-certificates.crt", bundle.toString());
    }

    /** With what is below. */
    private void leaveOut() throws IOException {
        var patterns = lines(definition.resolve("without")).stream()
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .toList();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                var path = folder.relativize(file);
                if (patterns.stream().anyMatch(pattern -> pattern.matches(path))) {
                    Folders.delete(file);
                }
            }
        }
    }

    private void addOwn() throws IOException {
        for (var name : lines(definition.resolve("folders"))) {
            Files.createDirectories(folder.resolve(name));
        }
        var own = definition.resolve("files");
        try (var files = Files.walk(own)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                write(own.relativize(file).toString(), Files.readString(file));
            }
        }
        for (var link : lines(definition.resolve("links"))) {
            var names = link.split(" -> ", 2);
            var path = folder.resolve(names[0]);
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(names[1]));
        }
    }

    private void write(String path, String content) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(time, TimeUnit.SECONDS));
    }

    /** Without comments; none if there is no file. */
    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
