package dev.proffer.allocator.filters;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.Moment;
import java.time.Duration;

/** For how long a refusal counts: as Mesos does, within bounds, and at least one allocation interval. */
public final class FilterTerms {
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Duration interval;

    public FilterTerms(AllocatorConfig config) {
        this.interval = config.timing().allocationInterval();
    }

    public double intervalSeconds() {
        return interval.toNanos() / NANOS_PER_SECOND;
    }

    /** The seconds that count; zero for none. Negative ones and what is no number mean the default. */
    public double bounded(Refusal refusal) {
        double seconds = refusal.seconds();
        if (Double.isNaN(seconds) || seconds < 0) {
            return Refusal.DEFAULT.seconds();
        }
        return Math.min(seconds, LONGEST_SECONDS);
    }

    /** When a refusal for so many seconds ends, in monotonic nanoseconds. */
    public long expiry(Moment now, double seconds) {
        var asked = Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
        return now.deadline(asked.compareTo(interval) < 0 ? interval : asked);
    }
}
