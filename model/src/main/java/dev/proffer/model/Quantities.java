package dev.proffer.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Amounts by resource name, in thousandths, sorted by name; a missing name means zero. */
public final class Quantities {
    public static final Quantities NONE = new Quantities(new TreeMap<>());

    private final SortedMap<String, Long> byName;

    private Quantities(SortedMap<String, Long> byName) {
        this.byName = Collections.unmodifiableSortedMap(byName);
    }

    /** Drops zeros. @throws IllegalArgumentException if an amount is negative */
    public static Quantities of(SortedMap<String, Long> thousandthsByName) {
        var kept = new TreeMap<String, Long>();
        thousandthsByName.forEach((name, thousandths) -> {
            if (thousandths < 0) {
                throw new IllegalArgumentException("negative amount of " + name + ": " + thousandths);
            }
            if (thousandths > 0) {
                kept.put(name, thousandths);
            }
        });
        return kept.isEmpty() ? NONE : new Quantities(kept);
    }

    /** Reads for example {@code cpus:0.01;mem:32}. @throws IllegalArgumentException if it is malformed */
    public static Quantities parse(String text) {
        return Resources.parse(text).scalars();
    }

    static Quantities ofScalars(Resources resources) {
        var sums = new TreeMap<String, Long>();
        var sharedSeen = new ArrayList<Resource>();
        for (var resource : resources) {
            if (!(resource.value() instanceof Scalar scalar)) {
                continue;
            }
            if (resource.shared()) {
                if (sharedSeen.contains(resource)) {
                    continue;
                }
                sharedSeen.add(resource);
            }
            sums.merge(resource.name(), scalar.thousandths(), Math::addExact);
        }
        return of(sums);
    }

    public long thousandths(String name) {
        return byName.getOrDefault(name, 0L);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public SortedMap<String, Long> asMap() {
        return byName;
    }

    public void forEach(BiConsumer<String, Long> action) {
        byName.forEach(action);
    }

    public Quantities plus(Quantities other) {
        var sums = new TreeMap<>(byName);
        other.byName.forEach((name, thousandths) -> sums.merge(name, thousandths, Math::addExact));
        return of(sums);
    }

    /** What is left without {@code other}, per name never less than zero. */
    public Quantities minus(Quantities other) {
        var rest = new TreeMap<String, Long>();
        byName.forEach((name, thousandths) -> rest.put(name, Math.max(0, thousandths - other.thousandths(name))));
        return of(rest);
    }

    public boolean contains(Quantities other) {
        return other.byName.entrySet().stream().allMatch(entry -> thousandths(entry.getKey()) >= entry.getValue());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantities quantities && byName.equals(quantities.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        byName.forEach((name, thousandths) ->
                text.append(text.isEmpty() ? "" : ";").append(name).append(':').append(new Scalar(thousandths)));
        return text.toString();
    }
}
