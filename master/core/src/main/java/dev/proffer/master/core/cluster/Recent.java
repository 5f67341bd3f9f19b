package dev.proffer.master.core.cluster;

import java.util.ArrayDeque;
import java.util.List;

/** The last so many values that were added; the oldest is forgotten first. */
final class Recent<V> {
    private final int capacity;
    private final ArrayDeque<V> values = new ArrayDeque<>();

    Recent(int capacity) {
        this.capacity = capacity;
    }

    void add(V value) {
        values.addLast(value);
        if (values.size() > capacity) {
            values.removeFirst();
        }
    }

    /** Oldest first. */
    List<V> all() {
        return List.copyOf(values);
    }
}
