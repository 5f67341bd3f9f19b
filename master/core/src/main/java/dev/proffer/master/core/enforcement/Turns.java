package dev.proffer.master.core.enforcement;

import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is by weighted dominant share, while offers are taken back one by one: at each level at which a weight
 * changed, between siblings of which the one has an offer and below the other somebody waits.
 */
final class Turns {
    private final AllocatorFigures figures;
    private final TreeMap<RolePath, Quantities> held = new TreeMap<>();
    private final TreeMap<String, Level> levels = new TreeMap<>();

    /**
     * @param changed the roles whose weight changed: only their own turns, and those of others against them, may be wrong
     * @param waiting roles in which a framework waits; one may stand there more than once
     */
    Turns(AllocatorFigures figures, Collection<RolePath> changed, Collection<RolePath> waiting) {
        this.figures = figures;
        figures.roles().forEach((role, of) -> held.put(role, of.held()));
        for (var role : changed) {
            var parent = role.parent();
            levels.computeIfAbsent(parent.map(RolePath::value).orElse(""), _ -> new Level(parent))
                    .changed
                    .add(role);
        }
        levels.values().forEach(level -> new TreeSet<>(waiting).forEach(level::waits));
    }

    /** Whether somebody else would come first if the offer were taken back. */
    boolean isOutOfTurn(OfferSnapshot offer) {
        return levels.values().stream().anyMatch(level -> level.isOutOfTurn(offer));
    }

    void takeBack(OfferSnapshot offer) {
        var scalars = offer.resources().scalars();
        for (@Nullable RolePath role = offer.role();
                role != null;
                role = role.parent().orElse(null)) {
            held.put(role, held(role).minus(scalars));
        }
        levels.values().forEach(level -> level.moved(offer.role()));
    }

    private double share(RolePath role, Quantities without) {
        var of = figures.roles().get(role);
        double weight = of == null ? 1 : of.weight();
        return figures.dominantShare(held(role).minus(without)) / weight;
    }

    private Quantities held(RolePath role) {
        return held.getOrDefault(role, Quantities.NONE);
    }

    private record Standing(double share, RolePath role) implements Comparable<Standing> {
        private static final Comparator<Standing> ORDER =
                Comparator.comparingDouble(Standing::share).thenComparing(Standing::role);

        @Override
        public int compareTo(Standing other) {
            return ORDER.compare(this, other);
        }
    }

    /** The roles below one role, or the top-level ones. */
    private final class Level {
        private final Optional<RolePath> parent;
        private final TreeSet<RolePath> changed = new TreeSet<>();
        private final TreeMap<RolePath, Standing> waiting = new TreeMap<>();
        private final TreeSet<Standing> ranked = new TreeSet<>();
        private final TreeSet<Standing> rankedAndChanged = new TreeSet<>();

        Level(Optional<RolePath> parent) {
            this.parent = parent;
        }

        void waits(RolePath role) {
            childAbove(role).filter(child -> !waiting.containsKey(child)).ifPresent(this::rank);
        }

        private void rank(RolePath child) {
            var standing = new Standing(share(child, Quantities.NONE), child);
            waiting.put(child, standing);
            ranked.add(standing);
            if (changed.contains(child)) {
                rankedAndChanged.add(standing);
            }
        }

        void moved(RolePath role) {
            childAbove(role).ifPresent(child -> {
                var before = waiting.remove(child);
                if (before != null) {
                    ranked.remove(before);
                    rankedAndChanged.remove(before);
                    rank(child);
                }
            });
        }

        boolean isOutOfTurn(OfferSnapshot offer) {
            var child = childAbove(offer.role());
            return child.isPresent()
                    && isAnybodysHere(offer)
                    && firstBeside(child.get())
                            .filter(first -> first.share
                                    < Turns.this.share(
                                            child.get(), offer.resources().scalars()))
                            .isPresent();
        }

        private boolean isAnybodysHere(OfferSnapshot offer) {
            var usable = parent.map(offer.resources()::allocatableTo).orElseGet(offer.resources()::unreserved);
            return !usable.isEmpty();
        }

        private Optional<Standing> firstBeside(RolePath child) {
            var rivals = changed.contains(child) ? ranked : rankedAndChanged;
            return rivals.stream()
                    .filter(standing -> !standing.role.equals(child))
                    .findFirst();
        }

        /** The role at this level that is this one or lies above it. */
        private Optional<RolePath> childAbove(RolePath role) {
            var child = Optional.of(role);
            while (child.isPresent() && !child.get().parent().equals(parent)) {
                child = child.get().parent();
            }
            return child;
        }
    }
}
