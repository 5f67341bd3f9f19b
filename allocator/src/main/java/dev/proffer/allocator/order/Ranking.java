package dev.proffer.allocator.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Siblings in the order in which they are served.
 *
 * <p>What makes it cheap: between two looks only those who were given or gave back something can have moved. They are
 * remembered, found by binary search under their old key, and put where their new key belongs. Everybody is sorted again only
 * if many moved, or the pool's capacity changed, or the policy is not incremental.
 */
public final class Ranking<T extends Claimant> {
    /** With more movers than this, sorting everybody is cheaper. */
    private static final int MANY = 16;

    private static final double UNKNOWN = -1;

    private final ArrayList<T> siblings = new ArrayList<>();
    private final ArrayList<T> movers = new ArrayList<>();
    private SiblingOrder order;
    private boolean unsorted;
    private long poolVersion = -1;
    private double totalWeight = UNKNOWN;

    public Ranking(SiblingOrder order) {
        this.order = order;
    }

    public void setOrder(SiblingOrder order) {
        this.order = order;
        unsorted = true;
    }

    public SiblingOrder order() {
        return order;
    }

    public int size() {
        return siblings.size();
    }

    public boolean isEmpty() {
        return siblings.isEmpty();
    }

    public T at(int index) {
        return siblings.get(index);
    }

    public List<T> siblings() {
        return Collections.unmodifiableList(siblings);
    }

    /** The sum of all weights. */
    public double totalWeight() {
        if (totalWeight < 0) {
            totalWeight = 0;
            for (var sibling : siblings) {
                totalWeight += sibling.weight();
            }
        }
        return totalWeight;
    }

    /** Notes that the weight of {@code claimant}, which must be in, changed. */
    public void reweighed(T claimant) {
        totalWeight = UNKNOWN;
        moved(claimant);
    }

    public void add(T claimant) {
        siblings.add(claimant);
        unsorted = true;
        totalWeight = UNKNOWN;
    }

    /** Does nothing if it is not in. */
    public void remove(T claimant) {
        int index = unsorted ? siblings.indexOf(claimant) : find(claimant);
        if (index >= 0) {
            siblings.remove(index);
        }
        totalWeight = UNKNOWN;
        if (claimant.moved) {
            claimant.moved = false;
            movers.remove(claimant);
        }
    }

    /** Notes that what {@code claimant} holds changed. Only those that are in may be named. */
    public void moved(T claimant) {
        if (unsorted || claimant.moved) {
            return;
        }
        if (movers.size() >= MANY) {
            unsorted = true;
            forgetMovers();
            return;
        }
        claimant.moved = true;
        movers.add(claimant);
    }

    /** Brings the order up to date. The order then stays as it is until the next call, whatever moves. */
    public void look(Pool pool) {
        if (unsorted || poolVersion != pool.version() || !order.isIncremental()) {
            sortAll(pool);
            return;
        }
        for (var mover : movers) {
            reposition(mover, pool);
        }
        movers.clear();
    }

    private void sortAll(Pool pool) {
        forgetMovers();
        if (!order.isIncremental()) {
            // A rehearsal leaves another order behind; lots must be drawn in the same one all the same.
            siblings.sort(Comparator.comparing(Claimant::path));
        }
        for (var claimant : siblings) {
            price(claimant, pool);
        }
        if (siblings.size() > 1) {
            siblings.sort(Claimant::compare);
        }
        unsorted = false;
        poolVersion = pool.version();
    }

    private void reposition(T mover, Pool pool) {
        mover.moved = false;
        int from = find(mover);
        price(mover, pool);
        if (isInPlace(from)) {
            return;
        }
        siblings.remove(from);
        siblings.add(-Collections.binarySearch(siblings, mover, Claimant::compare) - 1, mover);
    }

    private boolean isInPlace(int index) {
        var claimant = siblings.get(index);
        return (index == 0 || Claimant.compare(siblings.get(index - 1), claimant) < 0)
                && (index == siblings.size() - 1 || Claimant.compare(claimant, siblings.get(index + 1)) < 0);
    }

    private void price(T claimant, Pool pool) {
        claimant.share = claimant.weightedShare(pool);
        claimant.allocationsAtLook = claimant.allocations();
        claimant.key = order.key(claimant, siblings, pool);
    }

    private int find(T claimant) {
        return Collections.binarySearch(siblings, claimant, Claimant::compare);
    }

    private void forgetMovers() {
        for (var mover : movers) {
            mover.moved = false;
        }
        movers.clear();
    }
}
