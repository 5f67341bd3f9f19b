package dev.proffer.master.core.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * How a master deals with agents that it knows from the registry.
 *
 * @param reregisterTimeout agents that do not come back so long after the term's beginning are unreachable
 * @param removalRate how fast agents are given up as unreachable; empty for no limit
 * @param recoveryFactor where any quota is set, offers wait for this part of the known agents …
 * @param recoveryTimeout … but not longer
 */
public record RegistryConfig(
        Duration reregisterTimeout,
        Optional<RemovalRate> removalRate,
        double recoveryFactor,
        Duration recoveryTimeout) {
    /** Mesos' own, but for the recovery timeout of 60 s. */
    public static final RegistryConfig DEFAULTS =
            new RegistryConfig(Duration.ofMinutes(10), Optional.empty(), 0.8, Duration.ofSeconds(60));

    public RegistryConfig {
        if (!reregisterTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "reregisterTimeout must be longer than nothing, but is " + reregisterTimeout);
        }
        if (!(recoveryFactor >= 0 && recoveryFactor <= 1)) {
            throw new IllegalArgumentException("recoveryFactor must be between 0 and 1, but is " + recoveryFactor);
        }
        if (recoveryTimeout.isNegative()) {
            throw new IllegalArgumentException("recoveryTimeout must not be negative, but is " + recoveryTimeout);
        }
    }
}
