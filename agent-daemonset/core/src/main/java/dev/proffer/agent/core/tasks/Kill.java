package dev.proffer.agent.core.tasks;

import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.KillIntent;
import java.time.Duration;

/**
 * That a task is to end.
 *
 * @param cause the first one: it decides what the task's end is called
 * @param grace what the task has from SIGTERM on
 * @param deadline monotonic nanoseconds at which force is used
 */
record Kill(KillIntent.Cause cause, Duration grace, long deadline) {
    static Kill of(Moment now, KillIntent.Cause cause, Duration grace) {
        return new Kill(cause, grace, now.deadline(grace));
    }

    /** The grace counts from SIGTERM, which a task that is still being started gets later than its kill. */
    Kill begunAt(Moment now) {
        return of(now, cause, grace);
    }

    /** Whether the task ends because its agent is to be empty. */
    boolean drains() {
        return cause == KillIntent.Cause.AGENT_DRAINING || cause == KillIntent.Cause.AGENT_LEAVING;
    }

    /** A later kill may only shorten the grace that is left. */
    Kill noLaterThan(Kill other) {
        return other.deadline < deadline ? new Kill(cause, other.grace, other.deadline) : this;
    }
}
