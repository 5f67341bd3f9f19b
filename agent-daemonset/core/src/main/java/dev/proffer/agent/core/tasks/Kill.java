package dev.proffer.agent.core.tasks;

import dev.proffer.protocol.journal.KillIntent;

/**
 * That a task is to end.
 *
 * @param cause the first one: it decides what the task's end is called
 * @param deadline monotonic nanoseconds at which force is used
 */
record Kill(KillIntent.Cause cause, long deadline) {
    /** A later kill may only shorten the grace that is left. */
    Kill noLaterThan(long other) {
        return other < deadline ? new Kill(cause, other) : this;
    }
}
