package dev.proffer.allocator.books;

import dev.proffer.allocator.Limits;
import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.model.Quantities;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A role's guarantees and limits, and how much of them its subtree consumes: what is reserved for it, held or not, and what is
 * held of unreserved scalars that are not revocable. All are running sums.
 *
 * <p>What is missing to a guarantee is the larger of the role's own shortfall and of what its children miss together, so that
 * a guarantee is not held back twice.
 */
public final class RoleQuota {
    private static final long[] NO_LIMITS = {};

    private Quantities guaranteeQuantities = Quantities.NONE;
    private Limits limitsByName = Limits.NONE;
    private final Amounts guarantees = new Amounts();
    private long[] limits = NO_LIMITS;

    private final Amounts reserved = new Amounts();
    private final Amounts held = new Amounts();
    private final Amounts used = new Amounts();
    private final Amounts unsatisfied = new Amounts();
    private final Amounts childrenUnsatisfied = new Amounts();
    private boolean anyUnsatisfied;
    private int guaranteesBelow;
    private long exhausted;

    void set(Quantities newGuarantees, Limits newLimits, ResourceNames names) {
        guaranteeQuantities = newGuarantees;
        limitsByName = newLimits;
        guarantees.assign(Amounts.of(newGuarantees, names));
        limits = NO_LIMITS;
        newLimits.thousandthsByName().forEach((name, thousandths) -> {
            int index = names.indexOf(name);
            int length = limits.length;
            if (index >= length) {
                limits = Arrays.copyOf(limits, index + 1);
                Arrays.fill(limits, length, index + 1, Long.MAX_VALUE);
            }
            limits[index] = thousandths;
        });
        refreshLimits();
    }

    /** Finds out anew which limits are reached, after consumption changed. */
    void refreshLimits() {
        exhausted = 0;
        int length = Math.min(limits.length, Bundle.DISTINCT_NAMES);
        for (int i = 0; i < length; i++) {
            if (room(i) == 0) {
                exhausted |= Bundle.bit(i);
            }
        }
    }

    /** The names of which nothing more may be consumed, see {@link Bundle#bit}. */
    public long exhausted() {
        return exhausted;
    }

    public Quantities guarantees() {
        return guaranteeQuantities;
    }

    public Limits limits() {
        return limitsByName;
    }

    boolean isUnset() {
        return guaranteeQuantities.isEmpty() && limitsByName.isEmpty();
    }

    public boolean hasGuarantees() {
        return !guaranteeQuantities.isEmpty();
    }

    public boolean hasLimits() {
        return limits.length > 0;
    }

    /** How much of a resource may still be consumed; the largest {@code long} if there is no limit. */
    public long room(int index) {
        if (index >= limits.length || limits[index] == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, limits[index] - consumed(index));
    }

    public long consumed(int index) {
        return reserved.at(index) + held.at(index);
    }

    /** What the role's own guarantee lacks, whatever its children lack. */
    public long shortfall(int index) {
        return Math.max(0, guarantees.at(index) - consumed(index));
    }

    /** What is reserved for the subtree, held or not. */
    public Amounts reserved() {
        return reserved;
    }

    /** What the subtree holds of unreserved scalars that are not revocable, offered or in use. */
    public Amounts held() {
        return held;
    }

    /** The part of {@link #held} that is in use. */
    public Amounts used() {
        return used;
    }

    /** What is missing to the guarantees in the subtree. */
    public Amounts unsatisfied() {
        return unsatisfied;
    }

    public Amounts childrenUnsatisfied() {
        return childrenUnsatisfied;
    }

    public boolean isUnsatisfied() {
        return anyUnsatisfied;
    }

    /** Whether there is a guarantee anywhere in the subtree. */
    boolean isGuarded() {
        return guaranteesBelow > 0;
    }

    void countGuarantees(int change) {
        guaranteesBelow += change;
    }

    /** Works out anew what is missing, and tells the parent. */
    void refresh(@Nullable RoleQuota parent) {
        anyUnsatisfied = false;
        int length = Math.max(unsatisfied.length(), Math.max(guarantees.length(), childrenUnsatisfied.length()));
        for (int i = 0; i < length; i++) {
            long missing = Math.max(shortfall(i), childrenUnsatisfied.at(i));
            anyUnsatisfied |= missing > 0;
            long change = missing - unsatisfied.at(i);
            if (change != 0) {
                unsatisfied.set(i, missing);
                if (parent != null) {
                    parent.childrenUnsatisfied.add(i, change);
                }
            }
        }
    }
}
