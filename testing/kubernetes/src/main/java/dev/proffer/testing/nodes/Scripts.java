package dev.proffer.testing.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The shell scripts beside this class. */
final class Scripts {
    private Scripts() {}

    /** Writes one as a file. */
    static void write(String name, Path folder) {
        try (var text = Scripts.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name + " is missing beside " + Scripts.class);
            }
            Files.copy(text, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
