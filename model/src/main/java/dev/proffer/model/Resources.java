package dev.proffer.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A bag of resources, with Mesos' arithmetic: what is alike merges (but for indivisible pieces: persistent volumes, mounted
 * or identified disks), subtraction never goes below nothing, and what is empty vanishes. Copies of a shared volume are
 * counted: each stands in the bag on its own.
 *
 * <p>Equality ignores order. The role that resources are allocated to is not part of them.
 */
public final class Resources implements Iterable<Resource> {
    public static final Resources EMPTY = new Resources(List.of());

    private final List<Resource> entries;

    private Resources(List<Resource> entries) {
        this.entries = entries;
    }

    public static Resources of(Resource... resources) {
        return of(List.of(resources));
    }

    public static Resources of(Collection<Resource> resources) {
        var sum = new ArrayList<Resource>(resources.size());
        for (var resource : resources) {
            add(sum, resource);
        }
        return wrap(sum);
    }

    /**
     * Reads the short text form, for example {@code cpus:2;mem:1024;ports:[31000-32000];disk(eng):10}.
     *
     * @throws IllegalArgumentException if the text is malformed; the message names the part
     */
    public static Resources parse(String text) {
        return ResourceText.parse(text);
    }

    private static Resources wrap(List<Resource> entries) {
        return entries.isEmpty() ? EMPTY : new Resources(List.copyOf(entries));
    }

    public List<Resource> asList() {
        return entries;
    }

    @Override
    public Iterator<Resource> iterator() {
        return entries.iterator();
    }

    public Stream<Resource> stream() {
        return entries.stream();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public Resources plus(Resources other) {
        if (entries.isEmpty()) {
            return other;
        }
        if (other.entries.isEmpty()) {
            return this;
        }
        var sum = new ArrayList<>(entries);
        for (var resource : other.entries) {
            add(sum, resource);
        }
        return wrap(sum);
    }

    public Resources plus(Resource resource) {
        var sum = new ArrayList<>(entries);
        add(sum, resource);
        return wrap(sum);
    }

    /** What is left without {@code other}; parts of {@code other} that are not here change nothing. */
    public Resources minus(Resources other) {
        if (entries.isEmpty() || other.entries.isEmpty()) {
            return this;
        }
        if (isSame(other)) {
            return EMPTY;
        }
        var rest = new ArrayList<>(entries);
        for (var resource : other.entries) {
            subtract(rest, resource);
        }
        return wrap(rest);
    }

    public boolean contains(Resources other) {
        if (isSame(other)) {
            return true;
        }
        if (entries.isEmpty()) {
            return other.entries.isEmpty();
        }
        var rest = new ArrayList<>(entries);
        for (var resource : other.entries) {
            if (!takeOut(rest, resource)) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(Resource resource) {
        return contains(of(resource));
    }

    public Resources filter(Predicate<Resource> predicate) {
        var kept = new ArrayList<Resource>(entries.size());
        for (var resource : entries) {
            if (predicate.test(resource)) {
                kept.add(resource);
            }
        }
        return kept.size() == entries.size() ? this : wrap(kept);
    }

    public Resources allocatableTo(RolePath role) {
        return filter(resource -> resource.isAllocatableTo(role));
    }

    public Resources unreserved() {
        return filter(resource -> !resource.isReserved());
    }

    public Resources reserved() {
        return filter(Resource::isReserved);
    }

    public Resources revocable() {
        return filter(Resource::revocable);
    }

    public Resources shared() {
        return filter(Resource::shared);
    }

    public Resources nonShared() {
        return filter(resource -> !resource.shared());
    }

    /** The sum of all scalars by name, whatever their reservation; each shared volume counts once. */
    public Quantities scalars() {
        return Quantities.ofScalars(this);
    }

    /** The sum of the scalar resources of that name; zero if there are none. */
    public Scalar scalar(String name) {
        return new Scalar(scalars().thousandths(name));
    }

    /** All ranges of that name together, or nothing if there are none. */
    public Optional<Ranges> ranges(String name) {
        Ranges union = null;
        for (var resource : entries) {
            if (resource.name().equals(name) && resource.value() instanceof Ranges ranges) {
                union = union == null ? ranges : union.plus(ranges);
            }
        }
        return Optional.ofNullable(union);
    }

    private static void add(List<Resource> sum, Resource resource) {
        if (resource.isEmpty()) {
            return;
        }
        if (resource.isDivisible()) {
            for (int i = 0; i < sum.size(); i++) {
                var present = sum.get(i);
                if (present.isLike(resource)) {
                    sum.set(i, present.withValue(present.value().plus(resource.value())));
                    return;
                }
            }
        }
        sum.add(resource);
    }

    private static void subtract(List<Resource> rest, Resource resource) {
        if (!resource.isDivisible()) {
            rest.remove(resource);
            return;
        }
        for (int i = 0; i < rest.size(); i++) {
            var present = rest.get(i);
            if (present.isLike(resource)) {
                var left = present.value().minus(resource.value());
                if (left.isEmpty()) {
                    rest.remove(i);
                } else {
                    rest.set(i, present.withValue(left));
                }
                return;
            }
        }
    }

    /** Subtracts {@code resource} if all of it is there. */
    private static boolean takeOut(List<Resource> rest, Resource resource) {
        if (resource.isEmpty()) {
            return true;
        }
        if (!resource.isDivisible()) {
            return rest.remove(resource);
        }
        for (int i = 0; i < rest.size(); i++) {
            var present = rest.get(i);
            if (present.isLike(resource) && present.value().contains(resource.value())) {
                subtract(rest, resource);
                return true;
            }
        }
        return false;
    }

    /** Bags are handed on by reference, so this often spares the work. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(Resources other) {
        return this == other;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Resources resources
                && entries.size() == resources.entries.size()
                && contains(resources)
                && resources.contains(this);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (var resource : entries) {
            hash += resource.hashCode();
        }
        return hash;
    }

    /** The entries joined by {@code "; "}, in the bag's order; not read back where reservations are refined. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var resource : entries) {
            text.append(text.isEmpty() ? "" : "; ").append(resource);
        }
        return text.toString();
    }
}
