package dev.proffer.allocator.amounts;

import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import java.util.ArrayList;

/**
 * Resources with their amounts worked out once, so that a decision that leaves them whole touches numbers only, and hands them
 * on by reference. Never changed: treat the amounts as read-only.
 */
public final class Bundle {
    public static final Bundle EMPTY = new Bundle(Resources.EMPTY, new ResourceNames());

    /** So many names have a bit of their own. */
    public static final int DISTINCT_NAMES = 63;

    private final Resources resources;
    private final Amounts charged = new Amounts();
    private final Amounts plain = new Amounts();
    private final Amounts counted = new Amounts();
    private long plainNames;
    private boolean reserved;
    private boolean refined;
    private boolean revocable;
    private boolean shared;
    private boolean nonScalar;
    private boolean indivisible;

    public Bundle(Resources resources, ResourceNames names) {
        this.resources = resources;
        for (var resource : resources) {
            note(resource, names.indexOf(resource.name()));
        }
        if (shared) {
            countSharedOnce(names);
        }
    }

    private void note(Resource resource, int index) {
        reserved |= resource.isReserved();
        refined |= resource.isRefined();
        revocable |= resource.revocable();
        shared |= resource.shared();
        if (!resource.isScalar()) {
            nonScalar = true;
        }
        if (resource.shared()) {
            return;
        }
        long thousandths = resource.value().thousandths();
        counted.set(index, saturatedSum(counted.at(index), thousandths));
        if (resource.isScalar()) {
            charged.add(index, thousandths);
            if (isPlain(resource)) {
                plain.add(index, thousandths);
                plainNames |= bit(index);
                indivisible |= !resource.isDivisible();
            }
        }
    }

    private void countSharedOnce(ResourceNames names) {
        var seen = new ArrayList<Resource>();
        for (var resource : resources) {
            if (resource.shared() && !seen.contains(resource)) {
                seen.add(resource);
                counted.add(names.indexOf(resource.name()), resource.value().thousandths());
            }
        }
    }

    /** A count of numbers may be absurdly large; an amount of scalars may not. */
    private static long saturatedSum(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** What quota counts and limits: unreserved scalars that are not revocable. */
    public static boolean isPlain(Resource resource) {
        return resource.isScalar() && !resource.isReserved() && !resource.revocable() && !resource.shared();
    }

    /** A name as a bit; all names from {@link #DISTINCT_NAMES} on share the last one. */
    public static long bit(int index) {
        return 1L << Math.min(index, DISTINCT_NAMES);
    }

    public Resources resources() {
        return resources;
    }

    public boolean isEmpty() {
        return resources.isEmpty();
    }

    /** All scalars but those of shared volumes. */
    public Amounts charged() {
        return charged;
    }

    /** The scalars that quota counts, see {@link #isPlain}. */
    public Amounts plain() {
        return plain;
    }

    /** Everything, with a thousand for each number of a range and item of a set; a shared volume counts once. */
    public Amounts counted() {
        return counted;
    }

    /** The names of which there is something plain, see {@link #bit}. */
    public long plainNames() {
        return plainNames;
    }

    public boolean hasReserved() {
        return reserved;
    }

    public boolean hasRefined() {
        return refined;
    }

    public boolean hasRevocable() {
        return revocable;
    }

    public boolean hasShared() {
        return shared;
    }

    /** Whether there is anything that is not plain. */
    public boolean hasOther() {
        return reserved || revocable || shared || nonScalar;
    }

    /** Whether some of what is plain can only be given away whole. */
    public boolean hasIndivisible() {
        return indivisible;
    }
}
