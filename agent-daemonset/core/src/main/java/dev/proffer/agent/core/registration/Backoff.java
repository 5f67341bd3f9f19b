package dev.proffer.agent.core.registration;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Random waits below a bound that doubles, as in Mesos' registration, so that agents do not come all at once. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator chance;
    private Duration bound;

    Backoff(Duration first, Duration most, RandomGenerator chance) {
        this.first = first;
        this.most = most;
        this.chance = chance;
        this.bound = first;
    }

    Duration next() {
        var wait = Duration.ofNanos(chance.nextLong(bound.toNanos() + 1));
        var doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(most) > 0 ? most : doubled;
        return wait;
    }

    void reset() {
        bound = first;
    }
}
