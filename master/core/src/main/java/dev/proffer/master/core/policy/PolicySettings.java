package dev.proffer.master.core.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * How a master deals with policy.
 *
 * @param initial what is in force until the first policy arrives; empty: until then nobody can subscribe
 * @param withdrawalGrace for so long at least a framework whose admission was withdrawn is not removed, so that mistakes
 *     can be mended
 * @param teardownDelay for so long it is seen whether Framework objects vanish one by one or in bulk; no longer than the grace
 */
public record PolicySettings(Optional<Policy> initial, Duration withdrawalGrace, Duration teardownDelay) {
    /** Everybody may do everything until a policy says otherwise. */
    public static final PolicySettings OPEN =
            new PolicySettings(Optional.of(Policy.OPEN), Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** Nobody can subscribe before the first policy is there. */
    public static final PolicySettings CLOSED =
            new PolicySettings(Optional.empty(), OPEN.withdrawalGrace(), OPEN.teardownDelay());

    public PolicySettings {
        if (teardownDelay.isNegative() || teardownDelay.compareTo(withdrawalGrace) > 0) {
            throw new IllegalArgumentException("teardownDelay must be between nothing and withdrawalGrace ("
                    + withdrawalGrace + "), but is " + teardownDelay);
        }
    }
}
