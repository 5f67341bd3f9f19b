package dev.proffer.allocator.order;

import dev.proffer.allocator.amounts.Amounts;
import java.util.List;

/**
 * One of several siblings that are served in some order: a role's subtree, the frameworks that sit directly in a role, or a
 * framework in a role.
 *
 * <p>What it holds changes at any time; its sort key only when its ranking looks at it again, so that a ranking stays
 * sorted, and can be searched, between two looks.
 */
public abstract class Claimant {
    private final String path;
    private final Amounts held = new Amounts();
    private double weight = 1;
    private int priority;
    private long arrival;
    private long allocations;

    double key;
    double share;
    long allocationsAtLook;
    boolean moved;

    protected Claimant(String path) {
        this.path = path;
    }

    /** What breaks ties at last, so that every order is total. */
    public final String path() {
        return path;
    }

    /** All scalars that it holds, offered or in use, also reserved and revocable ones. */
    public final Amounts held() {
        return held;
    }

    public final double weight() {
        return weight;
    }

    public final void setWeight(double weight) {
        this.weight = weight;
    }

    public final int priority() {
        return priority;
    }

    public final void setPriority(int priority) {
        this.priority = priority;
    }

    /** A number that grows with each newcomer. */
    public final long arrival() {
        return arrival;
    }

    public final void setArrival(long arrival) {
        this.arrival = arrival;
    }

    /** How often it or anyone below it was given something. */
    public final long allocations() {
        return allocations;
    }

    public final void setAllocations(long allocations) {
        this.allocations = allocations;
    }

    /** The dominant share divided by the weight, as of the last look of its ranking. */
    public final double shareAtLook() {
        return share;
    }

    /** The dominant share divided by the weight, now. */
    public final double weightedShare(Pool pool) {
        return pool.dominantShare(held) / weight;
    }

    /** Those whose holdings add up to its own; empty if it is not divided further. */
    public List<? extends Claimant> parts() {
        return List.of();
    }

    /** Whether anyone here could take something now. */
    public abstract boolean wants();

    static int compare(Claimant left, Claimant right) {
        int order = Double.compare(left.key, right.key);
        if (order == 0) {
            order = Double.compare(left.share, right.share);
        }
        if (order == 0) {
            order = Long.compare(left.allocationsAtLook, right.allocationsAtLook);
        }
        return order != 0 ? order : left.path.compareTo(right.path);
    }
}
