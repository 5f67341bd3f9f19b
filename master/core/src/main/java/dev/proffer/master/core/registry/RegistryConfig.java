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
 * @param nodeLostTimeout agents without a link whose node was deleted are gone after so long
 * @param maxAge so long after they were lost, unreachable and gone agents are forgotten
 */
public record RegistryConfig(
        Duration reregisterTimeout,
        Optional<RemovalRate> removalRate,
        double recoveryFactor,
        Duration recoveryTimeout,
        Duration nodeLostTimeout,
        Duration maxAge) {
    /** Mesos' own, but for the recovery timeout of 60 s. */
    public static final RegistryConfig DEFAULTS = new RegistryConfig(
            Duration.ofMinutes(10),
            Optional.empty(),
            0.8,
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofDays(14));

    public RegistryConfig {
        requirePositive("reregisterTimeout", reregisterTimeout);
        requirePositive("nodeLostTimeout", nodeLostTimeout);
        requirePositive("maxAge", maxAge);
        if (!(recoveryFactor >= 0 && recoveryFactor <= 1)) {
            throw new IllegalArgumentException("recoveryFactor must be between 0 and 1, but is " + recoveryFactor);
        }
        if (recoveryTimeout.isNegative()) {
            throw new IllegalArgumentException("recoveryTimeout must not be negative, but is " + recoveryTimeout);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, but is " + value);
        }
    }
}
