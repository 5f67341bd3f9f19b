import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Java run-time image with the modules that our programs need, made by jlink. */
final class JavaRuntime {
    private JavaRuntime() {}

    /** @param folder where it is made; must not exist */
    static void make(Path jdk, Path modules, Path folder, String architecture)
            throws IOException, InterruptedException {
        checkArchitecture(jdk, architecture);
        var names = Files.readAllLines(modules).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        Commands.run(
                jdk,
                List.of(
                        jdk.resolve("bin/jlink").toString(),
                        "--add-modules",
                        String.join(",", names),
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        folder.toString()));
        // The JDK's classes as they lie in memory. Of the ways to lay them out only the one that all our programs use.
        Commands.run(
                folder,
                List.of(folder.resolve("bin/java").toString(), "-XX:+UseCompactObjectHeaders", "-Xshare:dump"));
    }

    private static void checkArchitecture(Path jdk, String architecture) throws IOException {
        var wanted = "OS_ARCH=\"" + (architecture.equals("amd64") ? "x86_64" : "aarch64") + "\"";
        if (!Files.readAllLines(jdk.resolve("release")).contains(wanted)) {
            throw new Failure("images for " + architecture + " need a JDK for it, and the one in " + jdk
                    + " is for another: build on a machine of that architecture");
        }
    }
}
