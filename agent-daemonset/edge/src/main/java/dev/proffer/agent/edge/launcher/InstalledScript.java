package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A script of this program in the state folder, under a name of its version, since processes that were started before an
 * upgrade go on reading theirs.
 */
public record InstalledScript(Path path) {
    /** @param resource a file {@code name.sh} beside that class */
    public static InstalledScript install(Class<?> owner, String resource, Path folder) throws IOException {
        byte[] content;
        try (var stream = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
            content = stream.readAllBytes();
        }
        var checksum = new CRC32C();
        checksum.update(content);
        var name = resource.substring(0, resource.lastIndexOf('.'));
        var script = folder.resolve(name + "-" + Long.toHexString(checksum.getValue()) + ".sh");
        if (!Files.exists(script)) {
            var next = Files.write(folder.resolve(resource + ".next"), content);
            Files.move(next, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return new InstalledScript(script);
    }
}
