import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Packages of the Debian release that this machine runs, fetched once into a cache outside of the tree. */
final class DebianPackages {
    /** A line of {@code apt-get download --print-uris}: address, file name. */
    private static final Pattern ADDRESS = Pattern.compile("(?m)^'[^']+' (([^_ ]+)_\\S+\\.deb) ");

    private final Path cache;
    private final String architecture;

    DebianPackages(Path cache, String architecture) {
        this.cache = cache;
        this.architecture = architecture;
    }

    /** One package: its name, its version, its architecture, its file. */
    record Package(String name, String version, String architecture, Path file) {}

    /** The newest that apt knows; in the order in which they were asked for. */
    List<Package> fetch(List<String> names) throws IOException, InterruptedException {
        for (var program : List.of("apt-get", "dpkg-deb", "tar")) {
            if (!Commands.isThere(program)) {
                throw new Failure("images are put together from Debian's packages, and there is no " + program
                        + " here: build them on Debian or Ubuntu");
            }
        }
        Files.createDirectories(cache);
        var files = filesOf(names);
        var missing = names.stream()
                .filter(name -> !Files.exists(cache.resolve(files.get(name))))
                .toList();
        if (!missing.isEmpty()) {
            Commands.run(cache, download(List.of(), missing));
        }
        var packages = new ArrayList<Package>();
        for (var name : names) {
            var file = cache.resolve(files.get(name));
            packages.add(new Package(name, field(file, "Version"), field(file, "Architecture"), file));
        }
        return packages;
    }

    /** What the newest file of each package is called. */
    private Map<String, String> filesOf(List<String> names) throws IOException, InterruptedException {
        // Not in the cache: of files that are in its own folder apt says nothing.
        var answer = Commands.run(cache.getRoot(), download(List.of("--print-uris"), names));
        var files = ADDRESS.matcher(answer).results()
                .collect(Collectors.toMap(found -> found.group(2), found -> found.group(1)));
        for (var name : names) {
            if (!files.containsKey(name)) {
                throw new Failure("apt knows no package " + name + " for " + architecture + ": run `apt-get update`, for"
                        + " another architecture than this machine's `dpkg --add-architecture " + architecture
                        + "` before it");
            }
        }
        return files;
    }

    private List<String> download(List<String> options, List<String> names) {
        var command = new ArrayList<>(List.of("apt-get", "-qq", "download"));
        command.addAll(options);
        names.forEach(name -> command.add(name + ":" + architecture));
        return command;
    }

    private static String field(Path file, String field) throws IOException, InterruptedException {
        return Commands.run(file.getParent(), List.of("dpkg-deb", "-f", file.toString(), field)).strip();
    }
}
