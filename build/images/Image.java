import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An image and its archive. */
record Image(String tag, String architecture, Map<String, Object> settings, List<Layer> layers, long time) {
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /**
     * Writes one that containerd, podman, Docker and kind import: an OCI layout, with what older Docker engines read beside it.
     *
     * @return the digest of the manifest, by which Kubernetes knows the image
     */
    String archive(Path file, Path blobs) throws IOException {
        var config = Layer.Blob.of(bytes(config()), blobs);
        var manifest = Layer.Blob.of(bytes(manifest(config)), blobs);
        try (var tar = new Tar(new BufferedOutputStream(Files.newOutputStream(file)))) {
            tar.folder("blobs", 0755, time);
            tar.folder("blobs/sha256", 0755, time);
            var all = Stream.concat(layers.stream().map(Layer::blob), Stream.of(config, manifest))
                    .sorted((a, b) -> a.digest().compareTo(b.digest()))
                    .toList();
            for (var blob : all) {
                tar.file("blobs/sha256/" + blob.digest(), blob.file(), 0644, time);
            }
            tar.file("index.json", bytes(index(manifest)), 0644, time);
            tar.file("manifest.json", bytes(forDocker(config)), 0644, time);
            tar.file("oci-layout", bytes(Map.of("imageLayoutVersion", "1.0.0")), 0644, time);
        }
        return manifest.digest();
    }

    private Map<String, Object> config() {
        var created = Instant.ofEpochSecond(time).toString();
        return members(
                "created", created,
                "architecture", architecture,
                "os", "linux",
                "config", settings,
                "rootfs",
                        members(
                                "type",
                                "layers",
                                "diff_ids",
                                layers.stream().map(layer -> "sha256:" + layer.content()).toList()),
                "history",
                        layers.stream()
                                .map(layer -> members("created", created, "created_by", layer.purpose()))
                                .toList());
    }

    private Map<String, Object> manifest(Layer.Blob config) {
        return members(
                "schemaVersion", 2,
                "mediaType", MANIFEST,
                "config", descriptor(CONFIG, config),
                "layers", layers.stream().map(layer -> descriptor(LAYER, layer.blob())).toList());
    }

    private Map<String, Object> index(Layer.Blob manifest) {
        var described = descriptor(MANIFEST, manifest);
        described.put("platform", members("architecture", architecture, "os", "linux"));
        described.put(
                "annotations",
                members(
                        "io.containerd.image.name", "docker.io/" + tag,
                        "org.opencontainers.image.ref.name", tag.substring(tag.indexOf(':') + 1)));
        return members("schemaVersion", 2, "mediaType", INDEX, "manifests", List.of(described));
    }

    private List<Object> forDocker(Layer.Blob config) {
        return List.of(members(
                "Config", "blobs/sha256/" + config.digest(),
                "RepoTags", List.of(tag),
                "Layers", layers.stream().map(layer -> "blobs/sha256/" + layer.blob().digest()).toList()));
    }

    private static Map<String, Object> descriptor(String type, Layer.Blob blob) {
        return members("mediaType", type, "digest", "sha256:" + blob.digest(), "size", blob.size());
    }

    /** In the order given, unlike {@link Map#of}. */
    static Map<String, Object> members(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    private static byte[] bytes(Object json) {
        return Json.of(json).getBytes(StandardCharsets.UTF_8);
    }
}
