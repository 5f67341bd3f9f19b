package dev.proffer.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for a master.
 *
 * @param call for the answer to one request
 * @param firstBackOff before subscribing again; doubles with each failure, and is shortened by chance to as little as half
 * @param longestBackOff where doubling stops
 * @param giveUp without a subscription, until the driver ends as {@link Termination.Cause#UNREACHABLE}; empty: never
 */
public record Patience(Duration call, Duration firstBackOff, Duration longestBackOff, Optional<Duration> giveUp) {
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(15), Optional.empty());

    public Patience {
        requirePositive("call", call);
        requirePositive("firstBackOff", firstBackOff);
        if (longestBackOff.compareTo(firstBackOff) < 0) {
            throw new IllegalArgumentException("longestBackOff (" + longestBackOff
                    + ") must not be shorter than firstBackOff (" + firstBackOff + ")");
        }
        giveUp.ifPresent(duration -> requirePositive("giveUp", duration));
    }

    public Patience withCall(Duration changed) {
        return new Patience(changed, firstBackOff, longestBackOff, giveUp);
    }

    public Patience withBackOff(Duration first, Duration longest) {
        return new Patience(call, first, longest, giveUp);
    }

    public Patience withGiveUp(Duration changed) {
        return new Patience(call, firstBackOff, longestBackOff, Optional.of(changed));
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + duration);
        }
    }
}
