package dev.proffer.master.edge.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies may be in memory at a time, all requests together. Any thread. */
final class BodyBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** False when there is no room; nothing is taken then. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
