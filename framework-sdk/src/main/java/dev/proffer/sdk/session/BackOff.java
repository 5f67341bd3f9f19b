package dev.proffer.sdk.session;

import dev.proffer.sdk.Patience;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Truncated exponential back-off with jitter: each delay lies between half of its step and the whole. */
final class BackOff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator chance;

    private Duration step;

    BackOff(Patience patience, RandomGenerator chance) {
        this.first = patience.firstBackOff();
        this.longest = patience.longestBackOff();
        this.chance = chance;
        this.step = first;
    }

    Duration next() {
        long half = step.toNanos() / 2;
        var delay = Duration.ofNanos(half + chance.nextLong(half + 1));
        var doubled = step.multipliedBy(2);
        step = doubled.compareTo(longest) < 0 ? doubled : longest;
        return delay;
    }

    void reset() {
        step = first;
    }
}
