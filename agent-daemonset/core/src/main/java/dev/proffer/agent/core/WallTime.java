package dev.proffer.agent.core;

import java.time.Instant;

/** Wall time as numbers, for the wire and for the journal. */
public final class WallTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private WallTime() {}

    /** Nanoseconds since the epoch. */
    public static long nanos(Instant wall) {
        return wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano();
    }

    /** Seconds since the epoch. */
    public static double seconds(Instant wall) {
        return nanos(wall) / (double) NANOS_PER_SECOND;
    }

    public static Instant ofNanos(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
