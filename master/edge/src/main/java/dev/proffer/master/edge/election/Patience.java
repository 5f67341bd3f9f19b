package dev.proffer.master.edge.election;

import dev.proffer.model.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a Lease has stood unrenewed before a standby's eyes. Only time between two answers of the API server counts:
 * while it is silent its leader cannot renew either.
 */
final class Patience {
    private final Duration least;

    private @Nullable LeaseRecord seen;
    private boolean answering;
    private long answeredAt;
    private long spent;

    /** @param least what a Lease is granted even if it names a shorter duration */
    Patience(Duration least) {
        this.least = least;
    }

    /** Takes note of an answer; true when the Lease has outlived its duration. */
    boolean exhausted(Moment now, LeaseRecord lease) {
        if (seen == null || !seen.unrenewedIn(lease)) {
            spent = 0;
        } else if (answering) {
            spent += now.nanos() - answeredAt;
        }
        seen = lease;
        answering = true;
        answeredAt = now.nanos();
        return spent >= Math.max(least.toNanos(), lease.duration().toNanos());
    }

    /** The API server did not answer. */
    void interrupted() {
        answering = false;
    }
}
