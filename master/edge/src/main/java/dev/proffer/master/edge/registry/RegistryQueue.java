package dev.proffer.master.edge.registry;

import dev.proffer.master.core.MasterEffect.RegistryEffect;
import dev.proffer.master.core.MasterEffect.StoreAgent;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What is to be written to the registry and what the master is to be told. Both hold the last word on each subject, so they
 * are bounded by the number of agents and nodes. Any thread may put; one thread takes.
 */
final class RegistryQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore changes = new Semaphore(0);
    private final LinkedHashMap<AgentId, Waiting> words = new LinkedHashMap<>();
    private final LinkedHashMap<Subject, MasterInput> news = new LinkedHashMap<>();
    private boolean closed;

    /** A word, and when it may be tried (monotonic nanoseconds). */
    record Waiting(RegistryEffect word, long notBefore, int failures) {
        private boolean isUrgent() {
            return word instanceof StoreAgent(var agent) && agent.standing() == Standing.GONE;
        }
    }

    /** What a piece of news is about. */
    sealed interface Subject {
        /** That the last word on it is written. */
        record Word(AgentId agent) implements Subject {}

        record Policy(AgentId agent) implements Subject {}

        record Node(String name) implements Subject {}

        record Labels(String node) implements Subject {}
    }

    void put(RegistryEffect word, long notBefore) {
        change(() -> words.put(word.id(), new Waiting(word, notBefore, 0)));
    }

    /** Unless there is a word on the agent already. */
    void putIfAbsent(RegistryEffect word, long notBefore) {
        change(() -> words.putIfAbsent(word.id(), new Waiting(word, notBefore, 0)));
    }

    /** The word could not be written; a newer one on the same agent stays. */
    void putBack(Waiting tried, long notBefore) {
        change(() -> words.putIfAbsent(tried.word.id(), new Waiting(tried.word, notBefore, tried.failures + 1)));
    }

    /** Takes the next word that may be tried: those first that somebody waits for. */
    Optional<Waiting> take(long now) {
        lock.lock();
        try {
            var next = first(waiting -> waiting.isUrgent() && waiting.notBefore <= now)
                    .or(() -> first(waiting -> waiting.notBefore <= now));
            next.ifPresent(waiting -> words.remove(waiting.word.id()));
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Waiting> first(Predicate<Waiting> which) {
        return words.values().stream().filter(which).findFirst();
    }

    void tell(Subject subject, MasterInput input) {
        change(() -> news.put(subject, input));
    }

    /** Hands news on until one is not taken. */
    void deliver(RegistryInbox inbox) {
        for (var piece : newsNow().entrySet()) {
            if (!inbox.offer(piece.getValue())) {
                return;
            }
            change(() -> news.remove(piece.getKey(), piece.getValue()));
        }
    }

    private Map<Subject, MasterInput> newsNow() {
        lock.lock();
        try {
            return new LinkedHashMap<>(news);
        } finally {
            lock.unlock();
        }
    }

    /** How many words wait. */
    int size() {
        lock.lock();
        try {
            return words.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change, but not longer. */
    void await(Duration most) throws InterruptedException {
        if (!isClosed() && changes.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            changes.drainPermits();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        change(() -> closed = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changes.release();
        } finally {
            lock.unlock();
        }
    }
}
