package dev.proffer.master.edge.election;

import dev.proffer.model.Moment;
import java.time.Duration;

/**
 * How often a leader takes a higher term on the word of agents: a few times at once, then seldom, for each costs all
 * frameworks their streams, and whoever has got hold of one agent could ask for it for ever.
 */
final class Raises {
    private static final int AT_ONCE = 3;
    private static final Duration APART = Duration.ofMinutes(10);

    private int left = AT_ONCE;
    private long nextRefill;

    /** Whether it may be done now; if so, it counts as done. */
    boolean take(Moment now) {
        if (left < AT_ONCE && now.reached(nextRefill)) {
            left++;
            nextRefill = now.deadline(APART);
        }
        if (left == 0) {
            return false;
        }
        if (left == AT_ONCE) {
            nextRefill = now.deadline(APART);
        }
        left--;
        return true;
    }
}
