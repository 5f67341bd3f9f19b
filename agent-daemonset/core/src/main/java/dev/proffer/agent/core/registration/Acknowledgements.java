package dev.proffer.agent.core.registration;

import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import org.jspecify.annotations.Nullable;

/**
 * When this agent last acknowledged anything to whom. An acknowledgement keeps a master acting for a while that nobody else
 * may act in, so the next master is told how long ago it was.
 */
final class Acknowledgements {
    private static final long NEVER = Long.MIN_VALUE;

    private @Nullable TermHolder last;

    /** Monotonic nanoseconds, as below. */
    private long lastAt = NEVER;

    /** To anybody before {@link #last}. */
    private long earlierAt = NEVER;

    /** After a restart nobody knows what was acknowledged before: it may have been just now. */
    void restore(Moment now, TermHolder accepted) {
        last = accepted;
        lastAt = now.nanos();
        earlierAt = now.nanos();
    }

    void given(Moment now, TermHolder to) {
        if (!to.equals(last)) {
            earlierAt = Math.max(earlierAt, lastAt);
            last = to;
        }
        lastAt = now.nanos();
    }

    /** It acts no more, whatever it was acknowledged. */
    void over(TermHolder term) {
        if (term.equals(last)) {
            lastAt = NEVER;
        }
    }

    void tell(Moment now, Hello.Builder hello) {
        if (lastAt == NEVER) {
            hello.setAcceptedIsOver(last != null);
        } else {
            hello.setAcknowledgedNanosAgo(now.nanos() - lastAt);
        }
        if (earlierAt != NEVER) {
            hello.setEarlierAcknowledgedNanosAgo(now.nanos() - earlierAt);
        }
    }
}
