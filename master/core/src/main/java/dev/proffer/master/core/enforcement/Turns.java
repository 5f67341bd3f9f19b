package dev.proffer.master.core.enforcement;

import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which of two siblings comes first by weighted dominant share, while offers are taken back one by one. */
final class Turns {
    private final AllocatorFigures figures;
    private final SortedSet<RolePath> changed;
    private final TreeMap<RolePath, Quantities> held = new TreeMap<>();

    /** @param changed the roles whose weight changed: only their siblings' and their own turns are looked at */
    Turns(AllocatorFigures figures, SortedSet<RolePath> changed) {
        this.figures = figures;
        this.changed = changed;
        figures.roles().forEach((role, of) -> held.put(role, of.held()));
    }

    /** Whether the role would come before the one that has the offer, were the offer taken back. */
    boolean isBefore(RolePath role, OfferSnapshot offer) {
        return changed.stream()
                .anyMatch(sibling -> isBefore(
                        childOnPath(sibling.parent(), role),
                        childOnPath(sibling.parent(), offer.role()),
                        sibling,
                        offer));
    }

    private boolean isBefore(Optional<RolePath> one, Optional<RolePath> other, RolePath weighted, OfferSnapshot offer) {
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return false;
        }
        boolean concerned = one.get().equals(weighted) || other.get().equals(weighted);
        return concerned
                && share(one.get(), Quantities.NONE)
                        < share(other.get(), offer.resources().scalars());
    }

    private double share(RolePath role, Quantities without) {
        var of = figures.roles().get(role);
        double weight = of == null ? 1 : of.weight();
        return figures.dominantShare(held(role).minus(without)) / weight;
    }

    void takeBack(OfferSnapshot offer) {
        var scalars = offer.resources().scalars();
        for (@Nullable RolePath role = offer.role();
                role != null;
                role = role.parent().orElse(null)) {
            held.put(role, held(role).minus(scalars));
        }
    }

    private Quantities held(RolePath role) {
        return held.getOrDefault(role, Quantities.NONE);
    }

    /** The role, or the one above it, that sits directly below {@code parent}; empty if there is none. */
    private static Optional<RolePath> childOnPath(Optional<RolePath> parent, RolePath role) {
        var child = Optional.of(role);
        while (child.isPresent() && !child.get().parent().equals(parent)) {
            child = child.get().parent();
        }
        return child;
    }
}
