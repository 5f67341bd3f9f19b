package dev.proffer.allocator;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Upper bounds by resource name, in thousandths; a missing name means no bound, zero means nothing at all. */
public record Limits(SortedMap<String, Long> thousandthsByName) {
    public static final Limits NONE = new Limits(new TreeMap<>());

    public Limits {
        thousandthsByName = Collections.unmodifiableSortedMap(new TreeMap<>(thousandthsByName));
    }

    public boolean isEmpty() {
        return thousandthsByName.isEmpty();
    }
}
