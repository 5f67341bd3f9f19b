package dev.proffer.local.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster's objects in one JSON file, replaced whole at each change. Not thread safe. */
final class ObjectFile {
    /** An object and the request path under which it was last written. */
    record Stored(String path, String json) {}

    /** The file's content. */
    record Content(long resourceVersion, Map<String, Stored> objectsByUid) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Map<String, Stored> objectsByUid;
    private final long resourceVersion;

    private ObjectFile(Path file, Content content) {
        this.file = file;
        this.objectsByUid = new LinkedHashMap<>(content.objectsByUid());
        this.resourceVersion = content.resourceVersion();
    }

    static ObjectFile open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var content = Files.exists(file)
                ? MAPPER.readValue(file.toFile(), Content.class)
                : new Content(0, new LinkedHashMap<>());
        return new ObjectFile(file, content);
    }

    /** The highest resource version when the file was opened. */
    long resourceVersion() {
        return resourceVersion;
    }

    List<Stored> objects() {
        return List.copyOf(objectsByUid.values());
    }

    void put(String uid, Stored object) {
        objectsByUid.put(uid, object);
    }

    void remove(String uid) {
        objectsByUid.remove(uid);
    }

    void save(long newResourceVersion) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            MAPPER.writeValue(next.toFile(), new Content(newResourceVersion, objectsByUid));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the cluster's objects in " + file, e);
        }
    }
}
