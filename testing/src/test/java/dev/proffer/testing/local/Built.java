package dev.proffer.testing.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** What the build made of the other modules. */
final class Built {
    private Built() {}

    /** A file or folder, named from the root of the checkout. */
    static Path file(String path) {
        // Surefire runs tests in the module's own folder.
        var file = Path.of("..").resolve(path).toAbsolutePath().normalize();
        assertThat(file)
                .as("built by `make test`; by hand: build/mvn -DskipTests package")
                .exists();
        return file;
    }
}
