package dev.proffer.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Timers by the monotonic time (nanoseconds) at which they are due; of those due at once, the one set first goes first.
 *
 * @param <T> what tells timers apart, a value
 */
public final class Timers<T> {
    private final LinkedHashMap<T, Entry<T>> entries = new LinkedHashMap<>();
    private final TreeSet<Entry<T>> byTime =
            new TreeSet<>(Comparator.comparingLong(Entry<T>::due).thenComparingLong(Entry::sequence));
    private long sequence;

    private record Entry<T>(long due, long sequence, T timer) {}

    /** Sets the timer, in place of an equal one. */
    public void set(T timer, long due) {
        cancel(timer);
        var entry = new Entry<>(due, sequence++, timer);
        entries.put(timer, entry);
        byTime.add(entry);
    }

    public void cancel(T timer) {
        var entry = entries.remove(timer);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    public boolean isSet(T timer) {
        return entries.containsKey(timer);
    }

    /** Takes the first timer that is due at {@code nanos}. */
    public Optional<T> poll(long nanos) {
        if (byTime.isEmpty() || byTime.first().due > nanos) {
            return Optional.empty();
        }
        var timer = byTime.removeFirst().timer;
        entries.remove(timer);
        return Optional.of(timer);
    }

    /** When the first timer is due; Long.MAX_VALUE if none is set. */
    public long nextDue() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().due;
    }
}
