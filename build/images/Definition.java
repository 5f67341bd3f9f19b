import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a file images/NAME.properties says of an image.
 *
 * @param tag of the image; empty for the project's version
 * @param root the folder below images/roots
 * @param rootCopy where programs find the root a second time, such as to copy it; no slash before it
 * @param application folder of the build with the program's jars; empty for no Java at all
 * @param files what is taken of that folder
 * @param jar which of them to run
 * @param java options of the JVM that nobody changes
 * @param training settings of the program for a run in which Java learns what it loads; none for no such run
 * @param command of an image without Java
 * @param user whom it runs as, in numbers
 * @param environment NAME=value
 */
record Definition(
        String name,
        Optional<String> tag,
        String description,
        String root,
        Optional<String> rootCopy,
        Optional<Path> application,
        List<String> files,
        String jar,
        List<String> java,
        List<String> training,
        List<String> command,
        String user,
        List<String> environment) {
    private static final String VARIABLE = "env.";
    private static final Set<String> KEYS = Set.of(
            "tag", "description", "root", "root-copy", "application", "files", "jar", "java", "training",
            "command", "user");

    static Definition read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        for (var key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key) && !key.startsWith(VARIABLE)) {
                throw new Failure(file + " says '" + key + "', which means nothing: one of " + KEYS + " or env.NAME");
            }
        }
        return new Definition(
                file.getFileName().toString().replaceFirst("\\.properties$", ""),
                optional(properties, "tag"),
                required(properties, "description", file),
                required(properties, "root", file),
                optional(properties, "root-copy"),
                optional(properties, "application").map(Path::of),
                words(properties, "files"),
                properties.getProperty("jar", ""),
                words(properties, "java"),
                words(properties, "training"),
                words(properties, "command"),
                required(properties, "user", file),
                properties.stringPropertyNames().stream()
                        .filter(key -> key.startsWith(VARIABLE))
                        .sorted()
                        .map(key -> key.substring(VARIABLE.length()) + "=" + properties.getProperty(key))
                        .toList());
    }

    private static String required(Properties properties, String key, Path file) {
        return optional(properties, key).orElseThrow(() -> new Failure(file + " does not say '" + key + "'"));
    }

    private static Optional<String> optional(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key)).filter(value -> !value.isBlank());
    }

    private static List<String> words(Properties properties, String key) {
        return optional(properties, key).map(text -> List.of(text.split("\\s+")))
                .orElse(List.of());
    }
}
