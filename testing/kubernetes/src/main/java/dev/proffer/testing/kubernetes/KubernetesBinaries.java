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
final class KubernetesBinaries {
    static final String ASSETS = "KUBEBUILDER_ASSETS";
    private static final List<String> NEEDED = List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    /** As many digits of the hash as build/kubernetes.sh takes. */
    private static final int HASH_DIGITS = 16;

    private final Path folder;

    private KubernetesBinaries(Path folder) {
        this.folder = folder;
    }

    /** The first folder that has all that is needed. */
    static Optional<KubernetesBinaries> find(Map<String, String> environment) {
        return folders(environment)
                .filter(folder -> NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
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

    Path program(String name) {
        return folder.resolve(name);
    }

    private static Stream<Path> folders(Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get(ASSETS)).map(Path::of);
        return Stream.concat(given.stream(), Stream.of(cache(environment)));
    }

    /** Where build/kubernetes.sh builds: named after the hash of go.mod. */
    private static Path cache(Map<String, String> environment) {
        var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        var caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        return caches.resolve("proffer").resolve("kubernetes").resolve(hashOfGoMod());
    }

    private static String hashOfGoMod() {
        try (var goMod = KubernetesBinaries.class.getResourceAsStream("go.mod")) {
            if (goMod == null) {
                throw new IllegalStateException("go.mod is missing beside " + KubernetesBinaries.class);
            }
            var digest = MessageDigest.getInstance("SHA-256").digest(goMod.readAllBytes());
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
