package dev.proffer.frameworks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {
    @Test
    void theCommandLineGoesBeforeTheEnvironment() {
        var options = LoadOptions.parse(
                new String[] {"--tasks", "5", "--seconds", "7"}, Map.of("LOAD_TASKS", "3", "LOAD_ROLE", "eng/load"));

        assertThat(options.tasks()).isEqualTo(5);
        assertThat(options.role()).isEqualTo("eng/load");
        assertThat(options.command()).isEqualTo("sleep 7");
    }

    @ParameterizedTest
    @CsvSource({"tasks,-1", "tasks,1.5", "running,0", "rate,0", "rate,fast", "cpus,-0.1", "mem,NaN", "seconds,-1"})
    void refusesWhatMakesNoSense(String name, String value) {
        assertThatThrownBy(() -> LoadOptions.parse(new String[] {"--" + name, value}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--" + name + " must be")
                .hasMessageContaining("but is " + value);
    }

    @Test
    void refusesOptionsThatThereAreNot() {
        assertThatThrownBy(() -> LoadOptions.parse(new String[] {"--speed", "1"}, Map.of()))
                .hasMessage("there is no option --speed");
        assertThatThrownBy(() -> LoadOptions.parse(new String[] {"--rate"}, Map.of()))
                .hasMessage("--rate needs a value");
    }
}
