package dev.proffer.master.core.authority;

import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import java.time.Duration;

/** How long an agent's acknowledgement binds: whoever got it may count on it, and everybody else must wait it out. */
final class Pledges {
    /** From the sending of the ping that was acknowledged. */
    static final Duration LIFE = Duration.ofSeconds(15);

    /** Clocks of two machines may differ by a hundredth of what they measure: who waits, waits longer than who counts. */
    private static final Duration PATIENCE = LIFE.plus(LIFE.dividedBy(100));

    private Pledges() {}

    /** When the agent that says this is bound to nobody but {@code self}, in monotonic nanoseconds. */
    static long freeAt(Moment now, Hello hello, TermHolder self) {
        long free = now.nanos();
        boolean obeyedAnother = hello.hasAccepted() && !hello.getAccepted().equals(self);
        if (obeyedAnother && !hello.getAcceptedIsOver()) {
            free = Math.max(free, expiry(now, hello.getAcknowledgedNanosAgo()));
        }
        if (hello.hasEarlierAcknowledgedNanosAgo()) {
            free = Math.max(free, expiry(now, hello.getEarlierAcknowledgedNanosAgo()));
        }
        return free;
    }

    /** An absent figure is zero, and so is one beyond all measure: the agent may be bound until the last moment. */
    private static long expiry(Moment now, long nanosAgo) {
        return now.deadline(PATIENCE) - Math.clamp(nanosAgo, 0, PATIENCE.toNanos());
    }
}
