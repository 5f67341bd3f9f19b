package dev.proffer.allocator.books;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.order.Pool;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/** What a framework used of its last few offers: what it would take again. */
public final class RecentLaunches {
    private static final int REMEMBERED = 16;

    private final Deque<Amounts> launches = new ArrayDeque<>();

    void add(Amounts launched) {
        if (launches.size() == REMEMBERED) {
            launches.removeFirst();
        }
        launches.addLast(launched);
    }

    /** The one with the smallest dominant share. */
    public Optional<Amounts> smallest(Pool pool) {
        return launches.stream().min(Comparator.comparingDouble(pool::dominantShare));
    }
}
