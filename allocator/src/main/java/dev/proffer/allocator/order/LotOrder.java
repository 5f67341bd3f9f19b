package dev.proffer.allocator.order;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * By lot, drawn anew at every look: a weighted shuffle without replacement. With u drawn from (0, 1), the largest
 * u^(1/weight) comes first (Efraimidis and Spirakis).
 */
public final class LotOrder implements SiblingOrder {
    private final RandomGenerator chance;

    public LotOrder(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool) {
        return draw(claimant.weight());
    }

    /** The key of someone with that weight. */
    public double draw(double weight) {
        return -Math.pow(1 - chance.nextDouble(), 1 / weight);
    }

    @Override
    public boolean isIncremental() {
        return false;
    }
}
