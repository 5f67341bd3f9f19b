package dev.proffer.agent.core.timers;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;

/** Timers by the monotonic time (nanoseconds) at which they are due; of those due at once, the one set first goes first. */
public final class Timers {
    private final LinkedHashMap<Timer, Entry> entries = new LinkedHashMap<>();
    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::sequence));
    private long sequence;

    private record Entry(long due, long sequence, Timer timer) {}

    /** Sets the timer, in place of an equal one. */
    public void set(Timer timer, long due) {
        cancel(timer);
        var entry = new Entry(due, sequence++, timer);
        entries.put(timer, entry);
        byTime.add(entry);
    }

    public void cancel(Timer timer) {
        var entry = entries.remove(timer);
        if (entry != null) {
            byTime.remove(entry);
        }
    }

    public boolean isSet(Timer timer) {
        return entries.containsKey(timer);
    }

    /** Takes the first timer that is due at {@code nanos}. */
    public Optional<Timer> poll(long nanos) {
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
