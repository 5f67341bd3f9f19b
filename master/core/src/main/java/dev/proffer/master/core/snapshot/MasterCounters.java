package dev.proffer.master.core.snapshot;

import dev.proffer.protocol.v1.TaskState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What happened since this term began.
 *
 * @param counts how often; what never happened is missing
 * @param tasksByLastState tasks that left the live ones, by the state they left it in
 */
public record MasterCounters(Map<Counter, Long> counts, Map<TaskState, Long> tasksByLastState) {
    public MasterCounters {
        counts = copy(Counter.class, counts);
        tasksByLastState = copy(TaskState.class, tasksByLastState);
    }

    public long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    private static <E extends Enum<E>> Map<E, Long> copy(Class<E> type, Map<E, Long> counts) {
        var copy = new EnumMap<E, Long>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }
}
