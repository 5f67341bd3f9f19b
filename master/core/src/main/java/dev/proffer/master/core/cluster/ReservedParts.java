package dev.proffer.master.core.cluster;

import dev.proffer.model.Labels;
import dev.proffer.model.Quantities;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How much of an agent's own resources is set aside for which declared reservation. They look like dynamic reservations
 * with a label that names the reservation, so that tasks which use them tell a new master of them.
 */
public final class ReservedParts {
    public static final ReservedParts NONE = new ReservedParts(new TreeMap<>());

    private static final String LABEL = "proffer.dev/reservation";

    private final SortedMap<Key, Quantities> amounts;

    private ReservedParts(SortedMap<Key, Quantities> amounts) {
        this.amounts = Collections.unmodifiableSortedMap(amounts);
    }

    /** A reservation's name, and for whom it is. */
    public record Key(String reservation, RolePath role) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::reservation).thenComparing(Key::role);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        /** So much, set aside. */
        public Resources reserved(Quantities quantities) {
            var label = new Labels.Label(LABEL, Optional.of(reservation));
            var on = new Reservation(Reservation.Kind.DYNAMIC, role, Optional.empty(), new Labels(List.of(label)));
            return resources(quantities, resource -> resource.reserved(on));
        }

        /** How much of it is in there. */
        public Quantities in(Resources resources) {
            return resources
                    .filter(resource -> Key.of(resource).filter(this::equals).isPresent())
                    .scalars();
        }

        private static Optional<Key> of(Resource resource) {
            if (resource.reservations().size() != 1) {
                return Optional.empty();
            }
            var reservation = resource.reservations().getFirst();
            return reservation.labels().labels().stream()
                    .filter(label -> label.key().equals(LABEL))
                    .flatMap(label -> label.value().stream())
                    .map(name -> new Key(name, reservation.role()))
                    .findFirst();
        }
    }

    /** So much, not set aside. */
    public static Resources unreserved(Quantities quantities) {
        return resources(quantities, resource -> resource);
    }

    /** What could be set aside: ordinary scalars that are neither reserved nor revocable. */
    public static Quantities reservable(Resources resources) {
        return resources
                .filter(resource -> !resource.isReserved()
                        && !resource.revocable()
                        && resource.disk().isEmpty()
                        && resource.provider().isEmpty())
                .scalars();
    }

    private static Resources resources(Quantities quantities, UnaryOperator<Resource> nature) {
        var all = new ArrayList<Resource>();
        quantities.forEach((name, thousandths) -> all.add(nature.apply(Resource.of(name, new Scalar(thousandths)))));
        return Resources.of(all);
    }

    /** What live tasks use. */
    static ReservedParts inUse(Collection<Task> tasks) {
        var sums = new TreeMap<Key, Quantities>();
        tasks.stream().filter(Task::isLive).forEach(task -> addTo(sums, task.resources()));
        return new ReservedParts(sums);
    }

    /** What of these resources is set aside. */
    public static ReservedParts in(Resources resources) {
        var sums = new TreeMap<Key, Quantities>();
        addTo(sums, resources);
        return new ReservedParts(sums);
    }

    private static void addTo(SortedMap<Key, Quantities> sums, Resources resources) {
        for (var resource : resources) {
            Key.of(resource)
                    .ifPresent(key -> sums.merge(key, Resources.of(resource).scalars(), Quantities::plus));
        }
    }

    /** Parts that are not empty. */
    public static ReservedParts of(SortedMap<Key, Quantities> amounts) {
        var parts = new TreeMap<>(amounts);
        parts.values().removeIf(Quantities::isEmpty);
        return new ReservedParts(parts);
    }

    public List<Key> keys() {
        return List.copyOf(amounts.keySet());
    }

    public boolean isEmpty() {
        return amounts.isEmpty();
    }

    public Quantities of(Key key) {
        return amounts.getOrDefault(key, Quantities.NONE);
    }

    /** All of them, reserved. */
    public Resources reserved() {
        var all = new ArrayList<Resource>();
        amounts.forEach((key, quantities) -> all.addAll(key.reserved(quantities).asList()));
        return Resources.of(all);
    }

    /** All of them together. */
    public Quantities sum() {
        return amounts.values().stream().reduce(Quantities.NONE, Quantities::plus);
    }

    /** What the agent has, with these parts set aside. */
    Resources applyTo(Resources total) {
        return isEmpty() ? total : total.minus(unreserved(sum())).plus(reserved());
    }
}
