import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** What an image consists of, in the format CycloneDX: Debian's packages, Java, jars. */
final class BillOfMaterials {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    private final List<Object> components = new ArrayList<>();

    void addPackages(List<DebianPackages.Package> packages) throws IOException {
        var distribution = property(Path.of("/etc/os-release"), "ID");
        for (var each : packages) {
            var name = "pkg:deb/" + distribution + "/" + each.name() + "@" + encoded(each.version()) + "?arch="
                    + each.architecture();
            components.add(component("library", "", each.name(), each.version(), name, each.file()));
        }
    }

    void addJava(Path jdk) throws IOException {
        var release = jdk.resolve("release");
        var version = property(release, "JAVA_RUNTIME_VERSION");
        components.add(Image.members(
                "type", "platform",
                "publisher", property(release, "IMPLEMENTOR"),
                "name", "openjdk",
                "version", version,
                "purl", "pkg:generic/openjdk@" + encoded(version)));
    }

    /** @param folder of a program that Quarkus or Maven put together */
    void addJars(Path folder) throws IOException {
        var known = mavenNames(folder.resolve("quarkus-app-dependencies.txt"));
        try (var files = Files.walk(folder.resolve("lib"))) {
            for (var jar : files.filter(Files::isRegularFile).sorted().toList()) {
                components.add(jar(jar, known));
            }
        }
    }

    private static Object jar(Path jar, Map<String, String[]> known) throws IOException {
        var file = jar.getFileName().toString();
        if (known.containsKey(file)) {
            var names = known.get(file);
            var classifier = names[2].isEmpty() ? "" : "?classifier=" + names[2];
            var name = "pkg:maven/" + names[0] + "/" + names[1] + "@" + encoded(names[4]) + classifier;
            return component("library", names[0], names[1], names[4], name, jar);
        }
        var parts = JAR.matcher(file);
        return parts.matches()
                ? component("library", "", parts.group(1), parts.group(2), "", jar)
                : component("library", "", file, "", "", jar);
    }

    /** By file: group, artifact, classifier, type, version. */
    private static Map<String, String[]> mavenNames(Path list) throws IOException {
        var known = new HashMap<String, String[]>();
        for (var line : Files.exists(list) ? Files.readAllLines(list) : List.<String>of()) {
            var names = line.split(":", -1);
            var classifier = names[2].isEmpty() ? "" : "-" + names[2];
            known.put(names[0] + "." + names[1] + "-" + names[4] + classifier + ".jar", names);
        }
        return known;
    }

    private static Map<String, Object> component(
            String type, String group, String name, String version, String packageUrl, Path file) throws IOException {
        var component = Image.members("type", type);
        putIfAny(component, "group", group);
        component.put("name", name);
        putIfAny(component, "version", version);
        component.put("hashes", List.of(Image.members("alg", "SHA-256", "content", sha256(file))));
        putIfAny(component, "purl", packageUrl);
        return component;
    }

    private static void putIfAny(Map<String, Object> component, String member, String value) {
        if (!value.isEmpty()) {
            component.put(member, value);
        }
    }

    /** @param created the image's time, as the format wants it */
    String json(String image, String version, String created) {
        return Json.of(Image.members(
                "bomFormat", "CycloneDX",
                "specVersion", "1.6",
                "version", 1,
                "metadata",
                        Image.members(
                                "timestamp", created,
                                "component",
                                        Image.members("type", "container", "name", image, "version", version)),
                "components", components));
    }

    private static String property(Path file, String name) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.getProperty(name, "").replace("\"", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
