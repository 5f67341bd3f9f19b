package dev.proffer.master.edge.writer;

import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Where readers wait for a snapshot. One is taken only when somebody waits and the last is old enough; all who wait share
 * it. It is taken after they came, so it reflects every call that was answered before they did.
 */
final class SnapshotDesk<S> {
    private final int capacity;
    private final Duration interval;
    private final Supplier<S> camera;
    private List<CompletableFuture<S>> waiting = new ArrayList<>();
    private long nextAt = Long.MIN_VALUE;
    private boolean closed;

    SnapshotDesk(int capacity, Duration interval, Supplier<S> camera) {
        this.capacity = capacity;
        this.interval = interval;
        this.camera = camera;
    }

    /** Any thread. Fails with {@link RejectedExecutionException} when too many wait, or the writer has ended. */
    CompletionStage<S> queue() {
        var reader = new CompletableFuture<S>();
        synchronized (this) {
            if (!closed && waiting.size() < capacity) {
                waiting.add(reader);
                return reader;
            }
        }
        return CompletableFuture.failedStage(new RejectedExecutionException("too many readers, or the term is over"));
    }

    /** The writer's: when to come back for those who wait; Long.MAX_VALUE when nobody does. */
    synchronized long nextDeadline() {
        return waiting.isEmpty() ? Long.MAX_VALUE : nextAt;
    }

    /** The writer's: serves all who wait, if it is time. */
    void serve(Moment now) {
        List<CompletableFuture<S>> served;
        synchronized (this) {
            if (waiting.isEmpty() || !now.reached(nextAt)) {
                return;
            }
            served = waiting;
            waiting = new ArrayList<>();
            nextAt = now.deadline(interval);
        }
        var snapshot = camera.get();
        served.forEach(reader -> reader.complete(snapshot));
    }

    /** The writer's: nobody is served any more. */
    void close() {
        List<CompletableFuture<S>> turnedAway;
        synchronized (this) {
            closed = true;
            turnedAway = waiting;
            waiting = new ArrayList<>();
        }
        turnedAway.forEach(reader -> reader.completeExceptionally(new RejectedExecutionException("the term is over")));
    }
}
