package dev.proffer.master.edge.writer;

import java.time.Duration;

/**
 * The writer's bounds.
 *
 * @param inboxCapacity inputs that may wait; more are refused
 * @param batch inputs that are applied between two looks at timers and readers
 * @param waitingReaders readers that may wait for a snapshot; more are refused
 * @param snapshotInterval the least time between two snapshots
 */
public record WriterSettings(int inboxCapacity, int batch, int waitingReaders, Duration snapshotInterval) {

    public WriterSettings {
        if (inboxCapacity < 1 || batch < 1 || waitingReaders < 1) {
            throw new IllegalArgumentException("writer: inboxCapacity, batch and waitingReaders must be positive");
        }
    }

    public static WriterSettings defaults() {
        return new WriterSettings(65_536, 1_024, 1_024, Duration.ofMillis(100));
    }
}
