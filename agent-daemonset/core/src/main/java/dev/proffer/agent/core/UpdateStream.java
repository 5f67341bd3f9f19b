package dev.proffer.agent.core;

import com.google.protobuf.ByteString;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The status updates of one task that its framework has not acknowledged. Only the oldest is ever under way; it goes again
 * after 10 s, doubling up to 10 min, as in Mesos' status update manager.
 */
final class UpdateStream {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

    private final Queue<TaskStatus> unacknowledged = new ArrayDeque<>();
    private Duration retry = FIRST_RETRY;
    private long nextSend = Long.MAX_VALUE;
    private TaskState latest = TaskState.TASK_STAGING;
    private @Nullable TaskStatus lastAcknowledged;

    void add(TaskStatus status) {
        unacknowledged.add(status);
        latest = status.getState();
        if (unacknowledged.size() == 1) {
            sendAtOnce();
        }
    }

    /** Takes up what a journal held. */
    void restore(@Nullable TaskStatus acknowledged, Collection<TaskStatus> statuses) {
        if (acknowledged != null) {
            lastAcknowledged = acknowledged;
            latest = acknowledged.getState();
        }
        statuses.forEach(this::add);
    }

    /** The head is due now: it is new, or there is a new link. */
    void sendAtOnce() {
        retry = FIRST_RETRY;
        nextSend = unacknowledged.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    /** The head, if it is due; it is taken as sent then. */
    Optional<TaskStatus> takeDue(Moment now) {
        var head = unacknowledged.peek();
        if (head == null || !now.reached(nextSend)) {
            return Optional.empty();
        }
        nextSend = now.deadline(retry);
        retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
        return Optional.of(head);
    }

    /** Drops the head if it has that uuid, and returns it. */
    Optional<TaskStatus> acknowledge(ByteString uuid) {
        var head = unacknowledged.peek();
        if (head == null || !head.getUuid().equals(uuid)) {
            return Optional.empty();
        }
        unacknowledged.remove();
        lastAcknowledged = head;
        sendAtOnce();
        return Optional.of(head);
    }

    Collection<TaskStatus> unacknowledged() {
        return unacknowledged;
    }

    Optional<TaskStatus> lastAcknowledged() {
        return Optional.ofNullable(lastAcknowledged);
    }

    int size() {
        return unacknowledged.size();
    }

    /** The newest state, acknowledged or not; TASK_STAGING before the first update. */
    TaskState latest() {
        return latest;
    }

    Optional<TaskStatus> head() {
        return Optional.ofNullable(unacknowledged.peek());
    }

    /** When the head is due, in monotonic nanoseconds; Long.MAX_VALUE for never. */
    long nextSend() {
        return nextSend;
    }
}
