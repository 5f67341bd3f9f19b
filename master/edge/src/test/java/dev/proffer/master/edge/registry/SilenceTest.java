package dev.proffer.master.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private final Silence silence = new Silence();
    private Moment now = new Moment(1_000_000_000L, Instant.EPOCH);
    private Optional<String> newest = Optional.of("100");
    private int asked;

    private boolean isNoticedAfter(Duration time, String heard) {
        now = now.plus(time);
        return silence.isNoticed(now, Optional.of(heard), () -> {
            asked++;
            return newest;
        });
    }

    @Test
    void aWatchThatKeepsUpIsNotSilent() {
        assertThat(isNoticedAfter(Duration.ZERO, "90")).isFalse();
        newest = Optional.of("200");
        assertThat(isNoticedAfter(Silence.LOOK, "100")).isFalse();
        assertThat(isNoticedAfter(Silence.LOOK, "1000")).isFalse();
    }

    @Test
    void aWatchThatHasNotHeardWhatWasNewestLongAgoIsSilent() {
        assertThat(isNoticedAfter(Duration.ZERO, "90")).isFalse();
        assertThat(isNoticedAfter(Silence.LOOK, "99")).isTrue();
    }

    @Test
    void theNextWatchIsGivenTime() {
        isNoticedAfter(Duration.ZERO, "90");
        assertThat(isNoticedAfter(Silence.LOOK, "90")).isTrue();
        assertThat(isNoticedAfter(Silence.LOOK, "90")).isFalse();
        assertThat(isNoticedAfter(Silence.LOOK, "90")).isTrue();
    }

    @Test
    void theApiServerIsAskedSeldom() {
        isNoticedAfter(Duration.ZERO, "90");
        for (int i = 0; i < 100; i++) {
            isNoticedAfter(Silence.LOOK.dividedBy(101), "90");
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void anApiServerThatDoesNotAnswerSaysNothingOfTheWatch() {
        isNoticedAfter(Duration.ZERO, "90");
        newest = Optional.empty();
        assertThat(isNoticedAfter(Silence.LOOK, "90")).isFalse();
        newest = Optional.of("300");
        assertThat(isNoticedAfter(Silence.RETRY, "90")).isTrue();
    }
}
