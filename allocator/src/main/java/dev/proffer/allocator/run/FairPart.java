package dev.proffer.allocator.run;

import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.allocator.order.Pool;
import dev.proffer.allocator.order.Ranking;
import org.jspecify.annotations.Nullable;

/**
 * The part of the cluster that a framework's outstanding offers may make up while others could use them too: its part by
 * weight, at each level of the tree, among those who want something. What is reserved does not count.
 */
public final class FairPart {
    /** Sums of fractions are not exact, and whoever has just its part has not too much. */
    private static final double TOLERANCE = 1e-9;

    private FairPart() {}

    public static boolean isExceeded(Slot slot, Pool pool) {
        var outstanding = slot.framework().outstanding();
        return !outstanding.isZero() && pool.dominantShare(outstanding) > of(slot) + TOLERANCE;
    }

    public static double of(Slot slot) {
        var leaf = slot.leaf();
        double part = 1.0 / Math.max(1, leaf.slots().size());
        part *= partAmong(leaf, leaf.node().entries());
        for (@Nullable RoleNode node = leaf.node(); node != null; node = node.above()) {
            var above = node.above();
            if (above != null) {
                part *= partAmong(node, above.entries());
            }
        }
        return part;
    }

    private static double partAmong(Claimant claimant, Ranking<Claimant> siblings) {
        return siblings.size() <= 1 ? 1 : claimant.weight() / siblings.totalWeight();
    }
}
