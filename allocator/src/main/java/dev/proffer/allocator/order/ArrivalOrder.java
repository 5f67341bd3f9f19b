package dev.proffer.allocator.order;

import java.util.List;

/** The earliest comer first. */
public final class ArrivalOrder implements SiblingOrder {
    @Override
    public double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool) {
        return claimant.arrival();
    }

    @Override
    public boolean isIncremental() {
        return true;
    }
}
