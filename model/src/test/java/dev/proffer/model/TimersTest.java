package dev.proffer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers<Named> timers = new Timers<>();
    private final Named heartbeat = new Named("heartbeat");
    private final Named ping = new Named("ping");

    private record Named(String name) {}

    @Test
    void timersAreTakenInTheOrderOfTheirTime() {
        timers.set(heartbeat, 20);
        timers.set(ping, 10);

        assertThat(timers.nextDue()).isEqualTo(10);
        assertThat(timers.poll(9)).isEmpty();
        assertThat(timers.poll(20)).contains(ping);
        assertThat(timers.poll(20)).contains(heartbeat);
        assertThat(timers.poll(20)).isEmpty();
        assertThat(timers.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ofThoseDueAtOnceTheOneSetFirstGoesFirst() {
        timers.set(heartbeat, 10);
        timers.set(ping, 10);

        assertThat(timers.poll(10)).contains(heartbeat);
    }

    @Test
    void settingATimerAgainMovesIt() {
        timers.set(heartbeat, 10);
        timers.set(new Named("heartbeat"), 30);

        assertThat(timers.poll(29)).isEmpty();
        assertThat(timers.poll(30)).contains(heartbeat);
        assertThat(timers.poll(30)).isEmpty();
    }

    @Test
    void aCancelledTimerIsGone() {
        timers.set(heartbeat, 10);
        timers.cancel(heartbeat);
        timers.cancel(ping);

        assertThat(timers.isSet(heartbeat)).isFalse();
        assertThat(timers.poll(Long.MAX_VALUE)).isEmpty();
    }
}
