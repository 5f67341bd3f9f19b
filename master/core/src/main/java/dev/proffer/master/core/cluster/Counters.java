package dev.proffer.master.core.cluster;

import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.MasterCounters;
import dev.proffer.protocol.v1.TaskState;
import java.util.EnumMap;

/** Counts what happens. */
public final class Counters {
    private final EnumMap<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final EnumMap<TaskState, Long> tasksByLastState = new EnumMap<>(TaskState.class);

    public void count(Counter counter) {
        counts.merge(counter, 1L, Long::sum);
    }

    /** A task left the live ones in this state. */
    public void countEnd(TaskState state) {
        tasksByLastState.merge(state, 1L, Long::sum);
    }

    public MasterCounters snapshot() {
        return new MasterCounters(counts, tasksByLastState);
    }
}
