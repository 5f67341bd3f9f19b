package dev.proffer.master.core.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The last so many entries that were put here; the oldest is forgotten first. */
public final class Remembered<K, V> {
    private final int capacity;
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>();

    Remembered(int capacity) {
        this.capacity = capacity;
    }

    void put(K key, V value) {
        entries.remove(key);
        entries.put(key, value);
        if (entries.size() > capacity) {
            entries.pollFirstEntry();
        }
    }

    Optional<V> remove(K key) {
        return Optional.ofNullable(entries.remove(key));
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    /** Oldest first. */
    public Collection<V> all() {
        return Collections.unmodifiableCollection(entries.values());
    }
}
