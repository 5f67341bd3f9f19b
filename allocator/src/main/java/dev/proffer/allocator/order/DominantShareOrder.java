package dev.proffer.allocator.order;

import java.util.List;

/** Dominant-resource fairness as in Mesos: the smallest weighted dominant share first. */
public final class DominantShareOrder implements SiblingOrder {
    @Override
    public double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool) {
        return claimant.shareAtLook();
    }

    @Override
    public boolean isIncremental() {
        return true;
    }
}
