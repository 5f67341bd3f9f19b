package dev.proffer.allocator.order;

import java.util.List;

/**
 * A policy: gives each claimant a key, and the smallest comes first. Equal keys are told apart by the weighted dominant share,
 * then by who was given something less often, then by path.
 */
public interface SiblingOrder {
    /**
     * The key of one claimant.
     *
     * @param siblings all that it is ranked among
     */
    double key(Claimant claimant, List<? extends Claimant> siblings, Pool pool);

    /**
     * Whether a key depends on nothing but its claimant and the pool's capacity. Then only those that changed are ranked
     * anew; otherwise all are, at every look.
     */
    boolean isIncremental();
}
