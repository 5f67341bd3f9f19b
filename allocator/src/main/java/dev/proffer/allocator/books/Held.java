package dev.proffer.allocator.books;

import dev.proffer.allocator.amounts.Bundle;

/** What one slot holds on one agent. */
public final class Held {
    Bundle offered = Bundle.EMPTY;
    Bundle used = Bundle.EMPTY;
    /** The run that last offered something. */
    long offeredInRun = -1;

    /** In offers that have not ended. */
    public Bundle offered() {
        return offered;
    }

    /** By tasks and executors. */
    public Bundle used() {
        return used;
    }

    public long offeredInRun() {
        return offeredInRun;
    }

    boolean isNothing() {
        return offered.isEmpty() && used.isEmpty();
    }
}
