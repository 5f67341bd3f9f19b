package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.files.ReloadedFiles;
import dev.proffer.master.edge.files.ReloadedFiles.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mounted Secret whose keys are principals and whose values are their secrets. */
public final class SecretFolder {
    private SecretFolder() {}

    /**
     * The secrets' digests by principal; to be refreshed.
     *
     * @throws IllegalStateException if the folder cannot be used; the message says why
     */
    public static ReloadedFiles<Map<String, byte[]>> open(Path folder) {
        return ReloadedFiles.openFolder("the principals' secrets in", folder, SecretFolder::parse);
    }

    private static Map<String, byte[]> parse(List<Content> files) throws IOException {
        var digests = new HashMap<String, byte[]>();
        for (var file : files) {
            // Editors end a file with a line break that is no part of the secret.
            var secret = file.bytes().toString(StandardCharsets.UTF_8).replaceFirst("\\R$", "");
            if (secret.isEmpty() || secret.contains(":")) {
                throw new IOException(
                        "the secret of '" + file.name() + "' is empty or has a ':', which no client can send");
            }
            digests.put(file.name(), TokenHash.digest(secret));
        }
        return Map.copyOf(digests);
    }
}
