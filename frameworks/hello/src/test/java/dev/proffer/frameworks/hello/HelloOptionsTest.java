package dev.proffer.frameworks.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelloOptionsTest {
    @Test
    void hasDefaultsForAllButTheMaster() {
        var options = parse("--master", "http://a:5050, http://b:5050");

        assertThat(options.masters()).containsExactly("http://a:5050", "http://b:5050");
        assertThat(options.tasks()).isEqualTo(5);
        assertThat(options.command()).isEqualTo("echo hello");
        assertThat(options.role()).isEmpty();
        assertThat(options.stays()).isFalse();
        assertThat(options.stateFile()).isEmpty();
    }

    @Test
    void optionsGoBeforeTheEnvironment() {
        assertThat(HelloOptions.parse(new String[0], Optional.of("e:1")).masters())
                .containsExactly("e:1");
        assertThat(HelloOptions.parse(new String[] {"--master", "o:1"}, Optional.of("e:1"))
                        .masters())
                .containsExactly("o:1");
    }

    @Test
    void readsAllOptions() {
        var options = parse(
                "--master",
                "a:1",
                "--tasks",
                "7",
                "--command",
                "sleep 1",
                "--role",
                "eng",
                "--state-file",
                "/tmp/s",
                "--framework-id",
                "f-1",
                "--stay",
                "true");

        assertThat(options)
                .isEqualTo(new HelloOptions(
                        options.masters(),
                        Optional.of("f-1"),
                        Optional.of(Path.of("/tmp/s")),
                        "sleep 1",
                        7,
                        Optional.of("eng"),
                        true));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse()).hasMessageContaining("--master");
        assertThatThrownBy(() -> parse("--master")).hasMessageContaining("--master needs a value");
        assertThatThrownBy(() -> parse("--masters", "a")).hasMessageContaining("--masters");
        assertThatThrownBy(() -> parse("--master", "a", "--tasks", "many")).hasMessageContaining("many");
        assertThatThrownBy(() -> parse("--master", "a", "--tasks", "0")).hasMessageContaining("0");
    }

    @Test
    void aWrongCommandLineShowsTheRightOne() {
        var err = new ByteArrayOutputStream();
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);

        int code = Hello.run(new String[] {"--tusks", "5"}, Optional.empty(), stream, stream);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no option --tusks", "usage: hello");
    }

    private static HelloOptions parse(String... arguments) {
        return HelloOptions.parse(arguments, Optional.empty());
    }
}
