package dev.proffer.crds.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0s,0", "90s,90000", "10m,600000", "1h30m,5400000", "1.5h,5400000", "250ms,250", "1m0.5s,60500"})
    void lengthsOfTimeAreRead(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "10 s", "1d", "1h30", "1.h"})
    void whatIsNoneSaysWhatWouldBe(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("90s");
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        assertThatThrownBy(() -> Durations.parse("99999999999h")).hasMessageContaining("292 years");
    }
}
