package dev.proffer.agent.core.registration;

import dev.proffer.model.Moment;
import dev.proffer.protocol.journal.TermEnded;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import org.jspecify.annotations.Nullable;

/**
 * When this agent last acknowledged anything to whom. An acknowledgement keeps a master acting for a while that nobody else
 * may act in, so the next master is told how long ago it was.
 *
 * <p>A term that its holder called over is the exception, and stays one across restarts of the agent, for it is a fact about
 * the holder and not about time: who has said so never acts in that term again, whatever it was acknowledged, and this agent
 * never acknowledges it again ({@link TermFence}). What is kept on disk beside it, for all that was obeyed before, is an age,
 * and an age only grows: counted from the restart on, it is never more than what has passed.
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

    /** After a restart, of a term that ended in order. */
    void restore(Moment now, TermEnded end) {
        last = end.getLeader();
        lastAt = NEVER;
        earlierAt = end.hasEarlierAcknowledgedNanosAgo() ? now.nanos() - end.getEarlierAcknowledgedNanosAgo() : NEVER;
    }

    void given(Moment now, TermHolder to) {
        if (!to.equals(last)) {
            earlierAt = Math.max(earlierAt, lastAt);
            last = to;
        }
        lastAt = now.nanos();
    }

    /** It acts no more, whatever it was acknowledged. What is to be kept of that. */
    TermEnded over(Moment now, TermHolder term) {
        if (term.equals(last)) {
            lastAt = NEVER;
        }
        var end = TermEnded.newBuilder().setLeader(term);
        if (earlierAt != NEVER) {
            end.setEarlierAcknowledgedNanosAgo(now.nanos() - earlierAt);
        }
        return end.build();
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
