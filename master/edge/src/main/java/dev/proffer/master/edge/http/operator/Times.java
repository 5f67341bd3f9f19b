package dev.proffer.master.edge.http.operator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Times as Mesos' state documents show them: seconds since the epoch with a fraction, and never an exponent. */
final class Times {
    private static final int MICROS = 6;

    private Times() {}

    static BigDecimal seconds(Instant instant) {
        long micros =
                TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
        return BigDecimal.valueOf(micros, MICROS);
    }

    static BigDecimal seconds(double seconds) {
        return Double.isFinite(seconds) ? BigDecimal.valueOf(seconds) : BigDecimal.ZERO;
    }
}
