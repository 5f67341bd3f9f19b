package dev.proffer.testing.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theFrameworkInItIsTheOneThatIsCompiledAndRun() throws IOException {
        var source = Files.readString(Path.of("src/test/java/dev/proffer/testing/readme/OneTask.java"));
        var framework = source.substring(source.indexOf("final class")).strip();
        var readme = Files.readString(Path.of("..", "README.md"));
        assertThat(readme).contains("```java\n" + framework + "\n```");
    }
}
