package dev.proffer.sdk.driver;

import dev.proffer.sdk.session.StreamInput;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What came from the stream and waits for the scheduler. Bounded in number and in bytes: when it is full, the stream is not
 * read, and the master sees a slow reader.
 */
final class Inbox {
    private static final int MOST_INPUTS = 256;
    private static final long MOST_BYTES = 64L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private boolean woken;

    private record Entry(StreamInput input, int bytes) {}

    /** Waits for room. One input always has room in an empty inbox, however large it is. */
    void put(StreamInput input, int size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!entries.isEmpty() && (entries.size() >= MOST_INPUTS || bytes + size > MOST_BYTES)) {
                changed.await();
            }
            entries.add(new Entry(input, size));
            bytes += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next input; nothing when there was none for so long, or somebody called {@link #wake}. */
    Optional<StreamInput> take(long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (entries.isEmpty() && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            var entry = Optional.ofNullable(entries.poll());
            bytes -= entry.map(Entry::bytes).orElse(0);
            changed.signalAll();
            return entry.map(Entry::input);
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
