package dev.proffer.frameworks.load;

import java.time.Duration;

/** So many launches in a second, on average over some seconds: offers come in bursts. */
final class LaunchRate {
    private static final double BURST_SECONDS = 5;

    private final double perNano;
    private final double most;
    private double allowed;
    private long countedUntil;

    /** @param nanos of a clock that only moves on */
    LaunchRate(double perSecond, long nanos) {
        this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
        this.most = Math.max(1, perSecond * BURST_SECONDS);
        this.allowed = Math.max(1, perSecond);
        this.countedUntil = nanos;
    }

    /** How many launches are allowed now. */
    long allowed(long nanos) {
        allowed = Math.min(most, allowed + (nanos - countedUntil) * perNano);
        countedUntil = nanos;
        return (long) allowed;
    }

    void launched() {
        allowed--;
    }
}
