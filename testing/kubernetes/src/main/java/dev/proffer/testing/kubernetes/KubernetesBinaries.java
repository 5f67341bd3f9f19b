package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder with the programs of Kubernetes: the one that {@code KUBEBUILDER_ASSETS} names, or what {@code make kubernetes} built. */
public final class KubernetesBinaries {
    static final String ASSETS = "KUBEBUILDER_ASSETS";
    static final List<String> FOR_THE_API = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    /** As many digits of the hash as build/kubernetes.sh takes. */
    private static final int HASH_DIGITS = 16;

    private final Path folder;

    private KubernetesBinaries(Path folder) {
        this.folder = folder;
    }

    /** The first folder that has all those programs. */
    public static Optional<KubernetesBinaries> find(Map<String, String> environment, List<String> needed) {
        return folders(environment)
                .filter(folder -> needed.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .map(KubernetesBinaries::new)
                .findFirst();
    }

    /** That program in the first folder that has it, on the search path at last. */
    static Optional<Path> program(String name, Map<String, String> environment) {
        var searched = Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.concat(folders(environment), searched)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Path program(String name) {
        return folder.resolve(name);
    }

    private static Stream<Path> folders(Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get(ASSETS)).map(Path::of);
        return Stream.concat(given.stream(), Stream.of(cache(environment)));
    }

    /** Where build/kubernetes.sh builds: named after the hash of go.mod. */
    private static Path cache(Map<String, String> environment) {
        return caches(environment).resolve("kubernetes").resolve(hashOf("go.mod"));
    }

    /** This user's folder for what is worth keeping between runs. */
    public static Path caches(Map<String, String> environment) {
        var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(home.resolve(".cache"))
                .resolve("proffer");
    }

    /** The name of a program that is built from that file beside go.mod alone. */
    public static String named(String program, String source) {
        return program + "-" + hashOf(source);
    }

    private static String hashOf(String source) {
        try (var text = KubernetesBinaries.class.getResourceAsStream(source)) {
            if (text == null) {
                throw new IllegalStateException(source + " is missing beside " + KubernetesBinaries.class);
            }
            var digest = MessageDigest.getInstance("SHA-256").digest(text.readAllBytes());
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
