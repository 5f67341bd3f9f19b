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
    private boolean absent;
    private long answeredAt;
    private long spent;

    /** @param least what a Lease is granted even if it names a shorter duration */
    Patience(Duration least) {
        this.least = least;
    }

    /** Takes note of an answer; true when the Lease has outlived its duration. */
    boolean exhausted(Moment now, LeaseRecord lease) {
        if (seen == null || absent || !seen.unrenewedIn(lease)) {
            spent = 0;
        } else {
            countThisInterval(now);
        }
        seen = lease;
        absent = false;
        answeredAt(now);
        return isSpent(lease);
    }

    /**
     * Takes note that there is no Lease. True when nobody can count on the one that was there: nobody held it, or it would have
     * outlived its duration. Since nobody knows whether it was renewed before it was deleted, only time without it counts.
     */
    boolean exhaustedByAbsence(Moment now) {
        var deleted = seen;
        if (deleted == null || deleted.holder().isEmpty()) {
            return true;
        }
        if (absent) {
            countThisInterval(now);
        } else {
            spent = 0;
        }
        absent = true;
        answeredAt(now);
        return isSpent(deleted);
    }

    /**
     * There is no Lease, but somebody has led whose Lease was never seen here: true the first time, and then it counts as if it
     * had been deleted just now.
     */
    boolean beginsForUnseen(Moment now, String holder) {
        if (seen != null) {
            return false;
        }
        seen = new LeaseRecord("", holder.isEmpty() ? "somebody" : holder, least, 0, "", "");
        spent = 0;
        absent = true;
        answeredAt(now);
        return true;
    }

    private void countThisInterval(Moment now) {
        if (answering) {
            spent += now.nanos() - answeredAt;
        }
    }

    private void answeredAt(Moment now) {
        answering = true;
        answeredAt = now.nanos();
    }

    private boolean isSpent(LeaseRecord lease) {
        return spent >= Math.max(least.toNanos(), lease.duration().toNanos());
    }

    /** The API server did not answer. */
    void interrupted() {
        answering = false;
    }
}
