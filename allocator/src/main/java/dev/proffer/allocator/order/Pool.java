package dev.proffer.allocator.order;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.model.Quantities;
import java.util.SortedSet;

/** What all claim a share of: the sums over all agents, whether they can be offered now or not. */
public final class Pool {
    private final Amounts capacity = new Amounts();
    private final Amounts free = new Amounts();
    private final ResourceNames names;
    private final SortedSet<String> uncounted;
    private long version;

    /** @param uncounted names of resources that do not count for shares */
    public Pool(ResourceNames names, SortedSet<String> uncounted) {
        this.names = names;
        this.uncounted = uncounted;
    }

    /** All scalars. */
    public Amounts capacity() {
        return capacity;
    }

    /** What quota counts and nobody holds: unreserved scalars that are not revocable. */
    public Amounts free() {
        return free;
    }

    /** Changes whenever the capacity does, and with it every share. */
    public long version() {
        return version;
    }

    /** An agent's scalars changed. */
    public void changeCapacity(Quantities before, Quantities now) {
        if (before.equals(now)) {
            return;
        }
        capacity.subtract(Amounts.of(before, names));
        capacity.add(Amounts.of(now, names));
        version++;
    }

    /** The largest fraction of any resource of the pool that {@code held} makes up. */
    public double dominantShare(Amounts held) {
        double share = 0;
        for (int i = 0; i < held.length(); i++) {
            share = Math.max(share, share(held, i));
        }
        return share;
    }

    /** The fraction of one resource of the pool; zero if it does not count. */
    public double share(Amounts held, int index) {
        long all = capacity.at(index);
        long mine = held.at(index);
        if (mine == 0 || all <= 0 || (!uncounted.isEmpty() && uncounted.contains(names.name(index)))) {
            return 0;
        }
        return (double) mine / all;
    }
}
