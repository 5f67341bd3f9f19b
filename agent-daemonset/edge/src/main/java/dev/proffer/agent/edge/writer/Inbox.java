package dev.proffer.agent.edge.writer;

import dev.proffer.agent.core.AgentInput;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded queue in front of the writer. Any thread may put; the writer alone takes. */
final class Inbox {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<AgentInput> inputs = new ArrayDeque<>();
    private boolean closed;

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** Waits while it is full. Ignored once closed. */
    void putWaiting(AgentInput input) {
        lock.lock();
        try {
            while (!closed && inputs.size() >= capacity) {
                room.awaitUninterruptibly();
            }
            add(input);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an input beyond the capacity: for answers to effects, of which there are no more than effects and which must
     * not wait for the writer that waits for them. Ignored once closed.
     */
    void put(AgentInput input) {
        lock.lock();
        try {
            add(input);
        } finally {
            lock.unlock();
        }
    }

    private void add(AgentInput input) {
        if (!closed) {
            inputs.add(input);
            something.signal();
        }
    }

    /** Waits for an input or the end of {@code nanos}. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (inputs.isEmpty() && !closed && left > 0) {
                left = something.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Moves at most {@code most} inputs to {@code batch}, oldest first. */
    void drainTo(List<AgentInput> batch, int most) {
        lock.lock();
        try {
            while (batch.size() < most && !inputs.isEmpty()) {
                batch.add(inputs.remove());
            }
            if (inputs.size() < capacity) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
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
            something.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
