package dev.proffer.allocator.amounts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers resource names from zero in the order of their first appearance. A name is never forgotten: there are few. */
public final class ResourceNames {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The number of {@code name}, which it gets now if it has none. */
    public int indexOf(String name) {
        var known = indexes.get(name);
        if (known != null) {
            return known;
        }
        int index = names.size();
        indexes.put(name, index);
        names.add(name);
        return index;
    }

    public String name(int index) {
        return names.get(index);
    }

    public int size() {
        return names.size();
    }
}
