package dev.proffer.master.edge.http.operator;

import java.time.Instant;

/** Times as Mesos' state documents show them. */
final class Times {
    private static final double NANOS_PER_SECOND = 1e9;

    private Times() {}

    /** Seconds since the epoch, with a fraction. */
    static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND;
    }
}
