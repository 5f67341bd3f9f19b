package dev.proffer.testing.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An image with nothing but the program {@code /probe}: it holds the namespaces of every pod, and tests find in it a server and a
 * client.
 */
public final class ProbeImage {
    /** For a pod: nodes have it from the start. */
    public static final String NAME = "proffer.dev/testing/probe:1";

    private ProbeImage() {}

    /** Writes it as an archive that container runtimes import. */
    static Path write(Path program, Path folder) throws IOException {
        var root = Files.createDirectories(folder.resolve("probe-image").resolve("root"));
        var image = Files.createDirectories(folder.resolve("probe-image").resolve("image"));
        Files.copy(program, root.resolve("probe"), StandardCopyOption.COPY_ATTRIBUTES);
        var layer = image.resolve("layer.tar");
        tar(layer, root, "probe");
        Files.writeString(image.resolve("config.json"), """
                {"architecture": "%s", "os": "linux", "config": {"Entrypoint": ["/probe"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
                """.formatted(architecture(), hash(layer)));
        Files.writeString(image.resolve("manifest.json"), """
                [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
                """.formatted(NAME));
        var archive = folder.resolve("probe-image").resolve("probe.tar");
        tar(archive, image, "manifest.json", "config.json", "layer.tar");
        return archive;
    }

    private static void tar(Path archive, Path folder, String... files) {
        var words = new ArrayList<>(
                List.of("tar", "--owner=0", "--group=0", "-cf", archive.toString(), "-C", folder.toString()));
        words.addAll(List.of(files));
        new Command(words).run();
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
