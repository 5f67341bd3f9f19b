package dev.proffer.master.edge.registry;

import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.function.Supplier;

/** Keeps requests apart, so that there are at most so many in a second. Confined to one thread. */
final class Pace {
    private final Supplier<Moment> time;
    private final Duration gap;
    private long free = Long.MIN_VALUE;

    Pace(Supplier<Moment> time, int perSecond) {
        this.time = time;
        this.gap = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    /** Blocks until the next request may go out. */
    void await() throws InterruptedException {
        var now = time.get();
        if (!now.reached(free)) {
            Thread.sleep(Duration.ofNanos(free - now.nanos()));
            now = time.get();
        }
        free = now.deadline(gap);
    }
}
