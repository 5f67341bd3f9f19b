package dev.proffer.master.core.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * An agent is to end its tasks and take no more.
 *
 * @param after how long frameworks, asked by inverse offers, have to leave by themselves; then their tasks are killed
 * @param maxGracePeriod overrides a longer grace of a task's own kill policy, and that of tasks that have none
 * @param markGone whether the agent is gone for good once it is drained
 */
public record Drain(Duration after, Optional<Duration> maxGracePeriod, boolean markGone) {
    public Drain {
        if (after.isNegative()) {
            throw new IllegalArgumentException("after must not be negative, but is " + after);
        }
        if (maxGracePeriod.isPresent() && maxGracePeriod.get().isNegative()) {
            throw new IllegalArgumentException("maxGracePeriod must not be negative, but is " + maxGracePeriod.get());
        }
    }
}
