package dev.proffer.crds.common;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as Kubernetes writes them: numbers with units, such as 90s or 1h30m. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s)");

    private Durations() {}

    /** @throws IllegalArgumentException if it is not a length of time; the message says what would be */
    public static Duration parse(String text) {
        var part = PART.matcher(text);
        var nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a length of time; write numbers with units such as 90s, 10m or 1h30m");
        }
        try {
            return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("'" + text + "' is longer than 292 years", tooLong);
        }
    }

    private static BigDecimal nanosOf(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> Duration.ofHours(1).toNanos();
                    case "m" -> Duration.ofMinutes(1).toNanos();
                    case "s" -> Duration.ofSeconds(1).toNanos();
                    default -> Duration.ofMillis(1).toNanos();
                });
    }
}
