package dev.proffer.agent.core.updates;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One task's updates, in order. Only the head is ever sent, and not before it is on disk (unless the stream is not kept
 * there): it is sent again, ever more rarely, until it is acknowledged.
 */
final class UpdateStream {
    private final boolean durable;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private @Nullable TaskStatus lastAcknowledged;
    private @Nullable TaskStatus lastRecorded;
    private Duration nextResend = Duration.ZERO;

    private static final class Entry {
        private final TaskStatus status;
        private boolean recorded;

        Entry(TaskStatus status, boolean recorded) {
            this.status = status;
            this.recorded = recorded;
        }
    }

    /** @param durable whether its updates are kept on disk */
    UpdateStream(boolean durable) {
        this.durable = durable;
    }

    /** What was on disk before a restart. */
    void restore(@Nullable TaskStatus acknowledged, List<TaskStatus> unacknowledged) {
        lastAcknowledged = acknowledged;
        lastRecorded = acknowledged;
        unacknowledged.forEach(status -> {
            entries.add(new Entry(status, true));
            lastRecorded = status;
        });
    }

    boolean isDurable() {
        return durable;
    }

    /** A terminal state ends the stream. */
    void add(TaskStatus status) {
        entries.add(new Entry(status, !durable));
        if (!durable) {
            lastRecorded = status;
        }
    }

    void recorded(ByteString uuid) {
        for (var entry : entries) {
            if (entry.status.getUuid().equals(uuid)) {
                entry.recorded = true;
                lastRecorded = entry.status;
            }
        }
    }

    List<TaskStatus> unrecorded() {
        var unrecorded = new ArrayList<TaskStatus>();
        entries.stream().filter(entry -> !entry.recorded).forEach(entry -> unrecorded.add(entry.status));
        return unrecorded;
    }

    /** What is to be sent now and again, if anything. */
    Optional<TaskStatus> head() {
        return entries.isEmpty() || !entries.getFirst().recorded
                ? Optional.empty()
                : Optional.of(entries.getFirst().status);
    }

    /** Removes the head if it is that update. Anything else is an acknowledgement that came twice or late. */
    Optional<TaskStatus> acknowledge(ByteString uuid) {
        var acknowledged = head().filter(status -> status.getUuid().equals(uuid));
        acknowledged.ifPresent(status -> {
            entries.removeFirst();
            lastAcknowledged = status;
            nextResend = Duration.ZERO;
        });
        return acknowledged;
    }

    /** How long to wait for the head's acknowledgement this time. */
    Duration resendAfter(Duration first, Duration most) {
        var wait = nextResend.isZero() ? first : nextResend;
        var doubled = wait.multipliedBy(2);
        nextResend = doubled.compareTo(most) > 0 ? most : doubled;
        return wait;
    }

    /** The head is sent anew, as if for the first time. */
    void forgetResends() {
        nextResend = Duration.ZERO;
    }

    /** The task's state by the last update that is on disk. */
    TaskState latestState() {
        return lastRecorded == null ? TaskState.TASK_STAGING : lastRecorded.getState();
    }

    /** The state by the last update at all. */
    TaskState reportedState() {
        return entries.isEmpty() ? latestState() : entries.getLast().status.getState();
    }

    Optional<TaskStatus> latest() {
        return Optional.ofNullable(lastRecorded);
    }

    int unacknowledged() {
        return entries.size();
    }
}
