package dev.proffer.allocator.order;

import java.util.List;

/** The highest priority first; among equals the smallest weighted dominant share. */
public final class PriorityOrder implements SiblingOrder {
    @Override
    public double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool) {
        return -(double) claimant.priority();
    }

    @Override
    public boolean isIncremental() {
        return true;
    }
}
