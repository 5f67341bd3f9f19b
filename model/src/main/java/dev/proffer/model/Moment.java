package dev.proffer.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time as a core sees it: deadlines and intervals use the monotonic reading, which no clock adjustment moves;
 * the wall clock is only for people and for time stamps on the wire.
 *
 * @param nanos monotonic nanoseconds since an arbitrary origin that is the same for the whole process
 * @param wall the wall clock at that point
 */
public record Moment(long nanos, Instant wall) {
    /** The monotonic reading (nanoseconds) that lies {@code delay} after this moment; saturates at the far future. */
    public long deadline(Duration delay) {
        long nanosOfDelay;
        try {
            nanosOfDelay = delay.toNanos();
        } catch (ArithmeticException farAway) {
            return delay.isNegative() ? nanos : Long.MAX_VALUE;
        }
        long sum = nanos + nanosOfDelay;
        boolean overflowed = nanosOfDelay > 0 && sum < nanos;
        return overflowed ? Long.MAX_VALUE : sum;
    }

    /** Whether the monotonic {@code deadline} (nanoseconds) has been reached. */
    public boolean reached(long deadline) {
        return nanos >= deadline;
    }

    /** This moment moved by {@code by} on both clocks. */
    public Moment plus(Duration by) {
        return new Moment(Math.addExact(nanos, by.toNanos()), wall.plus(by));
    }
}
