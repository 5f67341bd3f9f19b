package dev.proffer.master.edge.identity;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.master.edge.files.ReloadedFiles;
import dev.proffer.master.edge.files.ReloadedFiles.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A mounted Secret whose files have a {@link BasicCredential} in each line. It may be empty. */
public final class CredentialFolder {
    private CredentialFolder() {}

    /**
     * What is in it; to be refreshed.
     *
     * @throws IllegalStateException if the folder cannot be used; the message says why
     */
    public static ReloadedFiles<BasicCredentials> open(Path folder) {
        return ReloadedFiles.openFolder("the basic credentials in", folder, CredentialFolder::parse);
    }

    private static BasicCredentials parse(List<Content> files) throws IOException {
        var credentials = new ArrayList<BasicCredential>();
        for (var file : files) {
            int number = 0;
            for (var line :
                    file.bytes().toString(StandardCharsets.UTF_8).lines().toList()) {
                number++;
                if (!line.isBlank()) {
                    credentials.add(parse(file.name(), number, line.strip()));
                }
            }
        }
        return BasicCredentials.of(credentials);
    }

    private static BasicCredential parse(String file, int number, String line) throws IOException {
        try {
            return BasicCredential.parse(line);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("line " + number + " of '" + file + "': " + malformed.getMessage());
        }
    }
}
