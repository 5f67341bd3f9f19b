package dev.proffer.master.edge.registry;

import java.time.Duration;

/**
 * Where the registry is kept and at what pace.
 *
 * @param namespace of the Agent objects
 * @param writesPerSecond at most so many writes
 * @param leastRetry pause after the first failure; it doubles with each
 * @param mostRetry longest pause
 */
public record RegistrySettings(String namespace, int writesPerSecond, Duration leastRetry, Duration mostRetry) {
    public RegistrySettings {
        if (writesPerSecond < 1) {
            throw new IllegalArgumentException("writesPerSecond must be at least 1, but is " + writesPerSecond);
        }
        if (!leastRetry.isPositive() || mostRetry.compareTo(leastRetry) < 0) {
            throw new IllegalArgumentException("leastRetry (" + leastRetry
                    + ") must be longer than nothing and at most mostRetry (" + mostRetry + ")");
        }
    }

    /** 20 writes a second; 1 s to 1 min. */
    public static RegistrySettings in(String namespace) {
        return new RegistrySettings(namespace, 20, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
