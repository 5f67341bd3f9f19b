package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded queue in front of the writer. Any thread may put; the writer alone takes. */
final class Inbox {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final ArrayDeque<MasterInput> inputs = new ArrayDeque<>();
    private final List<Runnable> waitingForRoom = new ArrayList<>();
    private boolean nudged;
    private boolean closed;

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** False when it is full or closed: the input was not taken. */
    boolean offer(MasterInput input) {
        lock.lock();
        try {
            if (closed || inputs.size() >= capacity) {
                return false;
            }
            inputs.add(input);
            something.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an input beyond the capacity: only for ends of connections, of which there are no more than connections and
     * which cannot be refused. Ignored once closed.
     */
    void put(MasterInput input) {
        lock.lock();
        try {
            if (!closed) {
                inputs.add(input);
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code then} once when at most half of the capacity is taken: at once, or later on the writer's thread. Never
     * once closed.
     */
    void whenRoom(Runnable then) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (inputs.size() > capacity / 2) {
                waitingForRoom.add(then);
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    /** Ends the current or next {@link #await} early. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an input, a nudge or the end of {@code nanos}. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (inputs.isEmpty() && !nudged && !closed && left > 0) {
                left = something.awaitNanos(left);
            }
            nudged = false;
        } finally {
            lock.unlock();
        }
    }

    /** Moves at most {@code most} inputs to {@code batch}, oldest first. */
    void drainTo(List<MasterInput> batch, int most) {
        List<Runnable> roomFor = List.of();
        lock.lock();
        try {
            while (batch.size() < most && !inputs.isEmpty()) {
                batch.add(inputs.remove());
            }
            if (!waitingForRoom.isEmpty() && inputs.size() <= capacity / 2) {
                roomFor = List.copyOf(waitingForRoom);
                waitingForRoom.clear();
            }
        } finally {
            lock.unlock();
        }
        roomFor.forEach(Runnable::run);
    }

    int size() {
        lock.lock();
        try {
            return inputs.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            inputs.clear();
            waitingForRoom.clear();
            something.signal();
        } finally {
            lock.unlock();
        }
    }
}
