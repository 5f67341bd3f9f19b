package dev.proffer.allocator;

import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an allocator can be measured by, taken at one moment.
 *
 * @param runs how many runs there were
 * @param total all scalars of all agents
 * @param held the part of it that is offered or in use
 * @param roles every role that anything speaks of
 */
public record AllocatorFigures(long runs, Quantities total, Quantities held, SortedMap<RolePath, RoleFigures> roles) {
    public AllocatorFigures {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
    }

    /**
     * Of a role with all that lies below it.
     *
     * @param share the dominant share divided by the weight
     * @param frameworks how many frameworks are in it, or hold something in it
     * @param consumed what quota counts as consumed: reservations, and what is in use
     * @param offeredOrConsumed the same with what is offered, by which is decided
     * @param filters how many refuse filters are kept for frameworks in the role itself
     */
    public record RoleFigures(
            double share,
            double weight,
            int frameworks,
            Quantities guarantees,
            Limits limits,
            Quantities consumed,
            Quantities offeredOrConsumed,
            int filters) {}
}
