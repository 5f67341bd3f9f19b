package dev.proffer.allocator.order;

import dev.proffer.allocator.amounts.Amounts;
import java.util.List;

/**
 * Hierarchical dominant-resource fairness as in the H-DRF paper (Bhattacharya et al., SoCC 2013): a subtree's share is
 * computed from what its parts hold, each scaled down to the smallest share among them, and without the parts that are
 * saturated. So a part that takes plenty of a resource which nobody else there wants does not make its sibling starve.
 *
 * <p>A part is saturated if it wants nothing, or if there is no more of a resource that it lives on.
 */
public final class RescaledShareOrder implements SiblingOrder {
    @Override
    public double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool) {
        return largest(fractions(claimant, pool)) / claimant.weight();
    }

    /** Shares depend on what is left in the pool. */
    @Override
    public boolean isIncremental() {
        return false;
    }

    private static double[] fractions(Claimant claimant, Pool pool) {
        if (claimant.parts().isEmpty() || isSaturated(claimant, pool)) {
            return heldFractions(claimant.held(), pool);
        }
        var open = claimant.parts().stream()
                .filter(part -> !isSaturated(part, pool))
                .toList();
        var fractionsOfOpen = open.stream().map(part -> fractions(part, pool)).toList();
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < open.size(); i++) {
            smallest = Math.min(
                    smallest, largest(fractionsOfOpen.get(i)) / open.get(i).weight());
        }
        var sum = new double[pool.capacity().length()];
        for (int i = 0; i < open.size(); i++) {
            double share = largest(fractionsOfOpen.get(i)) / open.get(i).weight();
            double scale = share == 0 ? 0 : smallest / share;
            for (int name = 0; name < sum.length; name++) {
                sum[name] += fractionsOfOpen.get(i)[name] * scale;
            }
        }
        return sum;
    }

    private static double[] heldFractions(Amounts held, Pool pool) {
        var fractions = new double[pool.capacity().length()];
        for (int name = 0; name < fractions.length; name++) {
            fractions[name] = pool.share(held, name);
        }
        return fractions;
    }

    private static boolean isSaturated(Claimant claimant, Pool pool) {
        if (!claimant.wants()) {
            return true;
        }
        if (!claimant.parts().isEmpty()) {
            return claimant.parts().stream().allMatch(part -> isSaturated(part, pool));
        }
        for (int name = 0; name < claimant.held().length(); name++) {
            if (pool.share(claimant.held(), name) > 0 && pool.free().at(name) <= 0) {
                return true;
            }
        }
        return false;
    }

    private static double largest(double[] fractions) {
        double largest = 0;
        for (double fraction : fractions) {
            largest = Math.max(largest, fraction);
        }
        return largest;
    }
}
