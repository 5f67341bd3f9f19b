package dev.proffer.master.edge.registry;

import dev.proffer.model.Moment;
import java.time.Duration;

/** Pauses that double with each failure in a row. Confined to one thread. */
final class Retries {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration least;
    private final Duration most;
    private int failures;
    private long notBefore = Long.MIN_VALUE;

    Retries(Duration least, Duration most) {
        this.least = least;
        this.most = most;
    }

    boolean mayTry(Moment now) {
        return now.reached(notBefore);
    }

    void succeeded() {
        failures = 0;
    }

    void failed(Moment now) {
        notBefore = now.deadline(afterFailure());
    }

    /** How long to wait after one more failure in a row. */
    Duration afterFailure() {
        return pause(failures++);
    }

    /** How long to wait after one more failure, with so many before it. */
    Duration pause(int failuresBefore) {
        var doubled = least.multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
