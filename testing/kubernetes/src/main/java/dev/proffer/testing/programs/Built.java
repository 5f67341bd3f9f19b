package dev.proffer.testing.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What the build made of the other modules. */
public final class Built {
    private Built() {}

    /** A file or folder, named from the root of the checkout. */
    public static Path file(String path) {
        var file = root().resolve(path);
        assertThat(file)
                .as("built by `make test`; by hand: build/mvn -DskipTests package")
                .exists();
        return file;
    }

    /** The checkout's. Tests run in their module's own folder, somewhere below. */
    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("build").resolve("toolchain.sh"))) {
            folder = Objects.requireNonNull(folder.getParent(), "not within a checkout of Proffer");
        }
        return folder;
    }
}
