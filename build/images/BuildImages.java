import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Builds the images that images/*.properties define, without a container engine: target/images/NAME.tar each. The same input
 * makes the same digests. Run from the root of the checkout, after Maven: {@code java build/images/BuildImages.java [NAME ...]}.
 *
 * <p>Environment: {@code ARCH} (amd64, arm64; else this machine's), {@code SOURCE_DATE_EPOCH} (the time of all files, in
 * seconds; else what pom.xml says), {@code AOT} (1: with AOT caches, which differ from build to build).
 */
final class BuildImages {
    private static final Path DEFINITIONS = Path.of("images");
    private static final Path OUTPUT = Path.of("target/images");
    private static final Path WORK = OUTPUT.resolve("work");
    private static final Path BLOBS = WORK.resolve("blobs");

    private static final String JAVA_HOME = "opt/java";
    private static final String APPLICATION = "app";
    private static final String LIBRARIES = "lib";
    private static final String MATERIALS = "usr/share/sbom";
    private static final String AOT_CACHE = APPLICATION + "/cache.aot";

    private final String version;
    private final long time;
    private final String architecture;
    private final boolean aot;
    private final DebianPackages packages;
    private final Map<String, Root> roots = new HashMap<>();
    private final Map<String, Layer> sharedLayers = new HashMap<>();

    private BuildImages(String version, long time, String architecture, boolean aot) {
        this.version = version;
        this.time = time;
        this.architecture = architecture;
        this.aot = aot;
        var caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        this.packages = new DebianPackages(caches.resolve("proffer/packages"), architecture);
    }

    public static void main(String[] names) throws Exception {
        try {
            var pom = Files.readString(Path.of("pom.xml"));
            var version = first(pom, "<version>([^<]+)</version>");
            var aot = "1".equals(System.getenv("AOT"));
            var builder = new BuildImages(version, time(pom), architecture(), aot);
            Folders.delete(WORK);
            Files.createDirectories(BLOBS);
            for (var definition : definitions(List.of(names))) {
                builder.build(definition);
            }
            Folders.delete(WORK);
        } catch (Failure e) {
            System.err.println("images: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<Definition> definitions(List<String> names) throws IOException {
        try (var files = Files.list(DEFINITIONS)) {
            var known = new TreeMap<String, Definition>();
            for (var file : files.filter(path -> path.toString().endsWith(".properties")).toList()) {
                var definition = Definition.read(file);
                known.put(definition.name(), definition);
            }
            for (var name : names) {
                if (!known.containsKey(name)) {
                    throw new Failure("there is no image '" + name + "', only " + String.join(", ", known.keySet()));
                }
            }
            return known.values().stream()
                    .filter(definition -> names.isEmpty() || names.contains(definition.name()))
                    .toList();
        }
    }

    private void build(Definition definition) throws IOException, InterruptedException {
        var layers = new ArrayList<Layer>();
        layers.add(rootLayer(definition));
        if (definition.application().isPresent()) {
            layers.add(javaLayer());
            layers.addAll(applicationLayers(definition.application().get(), definition.files()));
            if (isTrained(definition)) {
                layers.add(cacheLayer(definition));
            }
        }
        layers.add(materialsLayer(definition));
        var tag = "proffer/" + definition.name() + ":" + definition.tag().orElse(version);
        var image = new Image(tag, architecture, settings(definition), layers, time);
        var archive = OUTPUT.resolve(definition.name() + ".tar");
        var digest = image.archive(archive, BLOBS);
        System.out.printf("%-34s %4d MB  sha256:%s%n", tag, Files.size(archive) / 1_000_000, digest);
    }

    private Layer rootLayer(Definition definition) throws IOException, InterruptedException {
        var root = root(definition.root());
        var key = definition.root() + " " + definition.rootCopy().orElse("");
        if (!sharedLayers.containsKey(key)) {
            var files = FileTree.withOwnTimes(time).addAll("", root.folder(), _ -> true);
            sharedLayers.put(
                    key, Layer.write(definition.root() + " of Debian", files, definition.rootCopy(), BLOBS));
        }
        return sharedLayers.get(key);
    }

    private Root root(String name) throws IOException, InterruptedException {
        if (!roots.containsKey(name)) {
            var folder = Files.createDirectories(WORK.resolve("roots").resolve(name)).toAbsolutePath();
            roots.put(name, Root.make(DEFINITIONS.resolve("roots").resolve(name), folder, packages, time));
        }
        return roots.get(name);
    }

    private Layer javaLayer() throws IOException, InterruptedException {
        if (!sharedLayers.containsKey(JAVA_HOME)) {
            var jdk = Path.of(System.getProperty("java.home"));
            JavaRuntime.make(jdk, DEFINITIONS.resolve("java.modules"), javaRuntime(), architecture);
            var files = FileTree.ofTime(time).addAll(JAVA_HOME, javaRuntime(), _ -> true);
            sharedLayers.put(JAVA_HOME, Layer.write("Java", files, Optional.empty(), BLOBS));
        }
        return sharedLayers.get(JAVA_HOME);
    }

    private static Path javaRuntime() {
        return WORK.resolve("java").toAbsolutePath();
    }

    /** What others wrote changes less often than what we write. */
    private List<Layer> applicationLayers(Path folder, List<String> names) throws IOException {
        var others = FileTree.ofTime(time);
        var ours = FileTree.ofTime(time);
        for (var name : names) {
            var source = folder.resolve(name);
            if (!Files.exists(source)) {
                throw new Failure(source + " is missing: run `make images`, which builds it first");
            }
            others.addAll(APPLICATION + "/" + name, source, file -> isOfOthers(folder, file));
            ours.addAll(APPLICATION + "/" + name, source, file -> !isOfOthers(folder, file));
        }
        return List.of(
                Layer.write("libraries", others, Optional.empty(), BLOBS),
                Layer.write("program", ours, Optional.empty(), BLOBS));
    }

    /** The bill of materials, also beside the image. */
    private Layer materialsLayer(Definition definition) throws IOException, InterruptedException {
        var materials = new BillOfMaterials();
        materials.addPackages(root(definition.root()).packages());
        if (definition.application().isPresent()) {
            materials.addJava(Path.of(System.getProperty("java.home")));
            materials.addJars(definition.application().get());
        }
        var name = definition.name() + ".cdx.json";
        var json = materials.json(
                "proffer/" + definition.name(),
                definition.tag().orElse(version),
                Instant.ofEpochSecond(time).toString());
        var file = Files.writeString(OUTPUT.resolve(name), json);
        var files = FileTree.ofTime(time).add(MATERIALS + "/" + name, file);
        return Layer.write("bill of materials", files, Optional.empty(), BLOBS);
    }

    private boolean isTrained(Definition definition) {
        return aot && !definition.training().isEmpty();
    }

    private Layer cacheLayer(Definition definition) throws IOException, InterruptedException {
        var folder = WORK.resolve("training").resolve(definition.name()).toAbsolutePath();
        var cache = new Training(javaRuntime(), definition, folder).run(definition.application().get(), time);
        return Layer.write("AOT cache", FileTree.ofTime(time).add(AOT_CACHE, cache), Optional.empty(), BLOBS);
    }

    private static boolean isOfOthers(Path folder, Path file) {
        var name = file.getFileName().toString();
        return folder.relativize(file).startsWith(LIBRARIES)
                && !name.startsWith("dev.proffer.")
                && !name.startsWith("proffer-");
    }

    private Map<String, Object> settings(Definition definition) {
        var command = new ArrayList<String>();
        if (definition.application().isPresent()) {
            command.add("/" + JAVA_HOME + "/bin/java");
            command.addAll(definition.java());
            if (isTrained(definition)) {
                command.add("-XX:AOTCache=/" + AOT_CACHE);
            }
            command.addAll(List.of("-jar", "/" + APPLICATION + "/" + definition.jar()));
        } else {
            command.addAll(definition.command());
        }
        var environment = new ArrayList<String>();
        environment.add("PATH=/usr/sbin:/usr/bin:/" + JAVA_HOME + "/bin");
        environment.addAll(definition.environment());
        return Image.members(
                "User", definition.user(),
                "Env", environment,
                "Entrypoint", command,
                "WorkingDir", "/",
                "Labels",
                        Image.members(
                                "org.opencontainers.image.title", "proffer/" + definition.name(),
                                "org.opencontainers.image.description", definition.description(),
                                "org.opencontainers.image.version", definition.tag().orElse(version),
                                "org.opencontainers.image.licenses", "Apache-2.0"));
    }

    private static String first(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new Failure("pom.xml has nothing like " + pattern);
        }
        return found.group(1);
    }

    private static long time(String pom) {
        var given = System.getenv("SOURCE_DATE_EPOCH");
        return given != null
                ? Long.parseLong(given)
                : Instant.parse(first(pom, "<project.build.outputTimestamp>([^<]+)<")).getEpochSecond();
    }

    private static String architecture() {
        var here = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        var wanted = Optional.ofNullable(System.getenv("ARCH")).filter(text -> !text.isBlank()).orElse(here);
        if (!List.of("amd64", "arm64").contains(wanted)) {
            throw new Failure("ARCH is '" + wanted + "', but must be amd64 or arm64");
        }
        return wanted;
    }
}
