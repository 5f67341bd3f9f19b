package dev.proffer.allocator.run;

import dev.proffer.model.Moment;
import java.time.Duration;

/** After a failover with quota set: nothing is allocated until enough agents are back, or time is up. */
public final class Recovery {
    private boolean waiting;
    private int missingAgents;
    private long deadline;

    public void begin(Moment now, int expectedAgents, Duration timeout) {
        waiting = expectedAgents > 0;
        missingAgents = expectedAgents;
        deadline = now.deadline(timeout);
    }

    /** Returns whether that ended the wait. */
    public boolean agentAdded() {
        if (!waiting || --missingAgents > 0) {
            return false;
        }
        waiting = false;
        return true;
    }

    public boolean isWaiting(Moment now) {
        waiting &= !now.reached(deadline);
        return waiting;
    }
}
