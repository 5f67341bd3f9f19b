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
 * @param counted the part of it that counts for shares
 * @param held the part of it that is offered or in use
 * @param free what quota counts and nobody holds: unreserved scalars that are not revocable
 * @param missing to guarantees, in the whole tree
 * @param roles every role that anything speaks of
 */
public record AllocatorFigures(
        long runs,
        Quantities total,
        Quantities counted,
        Quantities held,
        Quantities free,
        Quantities missing,
        SortedMap<RolePath, RoleFigures> roles) {
    public AllocatorFigures {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
    }

    /** The dominant share, not weighted, of whoever holds that much. */
    public double dominantShare(Quantities holding) {
        return counted.asMap().entrySet().stream()
                .mapToDouble(all -> (double) holding.thousandths(all.getKey()) / all.getValue())
                .max()
                .orElse(0);
    }

    /**
     * Of a role with all that lies below it.
     *
     * @param share the dominant share divided by the weight
     * @param frameworks how many frameworks are in it, or hold something in it
     * @param held all scalars that they hold, offered or in use
     * @param consumed what quota counts as consumed: reservations, and what is in use
     * @param offeredOrConsumed the same with what is offered, by which is decided
     * @param filters how many refuse filters are kept for frameworks in the role itself
     */
    public record RoleFigures(
            double share,
            double weight,
            int frameworks,
            Quantities held,
            Quantities guarantees,
            Limits limits,
            Quantities consumed,
            Quantities offeredOrConsumed,
            int filters) {}
}
