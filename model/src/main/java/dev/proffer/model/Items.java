package dev.proffer.model;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** A set of names, sorted. */
public record Items(List<String> names) implements Value {
    public static final Items NONE = new Items(List.of());

    public Items {
        names = List.copyOf(new TreeSet<>(names));
    }

    public static Items of(Collection<String> names) {
        return new Items(List.copyOf(names));
    }

    @Override
    public boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public Items plus(Value other) {
        var union = new TreeSet<>(names);
        union.addAll(((Items) other).names);
        return of(union);
    }

    @Override
    public Items minus(Value other) {
        var rest = new TreeSet<>(names);
        ((Items) other).names.forEach(rest::remove);
        return of(rest);
    }

    @Override
    public boolean contains(Value other) {
        return ((Items) other).names.stream().allMatch(name -> Collections.binarySearch(names, name) >= 0);
    }

    @Override
    public long thousandths() {
        return names.size() * 1000L;
    }

    @Override
    public String toString() {
        return "{" + String.join(",", names) + "}";
    }
}
