package dev.proffer.allocator.filters;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Small numbers for slots (a framework in one of its roles), by which agents keep their filters.
 *
 * <p>What makes REVIVE cheap: to drop all filters of a slot, on however many agents, the slot takes a fresh number and its
 * old one is retired. Agents throw out rows of retired numbers when they are looked at; a number is used again once no agent
 * has a row of it.
 */
public final class SlotNumbers {
    private int[] rows = new int[64];
    private final BitSet retired = new BitSet();
    private final BitSet unused = new BitSet();
    private int next;
    private long retirements;

    public int take() {
        int number = unused.nextSetBit(0);
        if (number >= 0) {
            unused.clear(number);
            return number;
        }
        if (next == rows.length) {
            rows = Arrays.copyOf(rows, 2 * next);
        }
        return next++;
    }

    /** Ends all filters that are kept under {@code number}. It must not be used any more by its owner. */
    public void retire(int number) {
        if (rows[number] == 0) {
            unused.set(number);
            return;
        }
        retired.set(number);
        retirements++;
    }

    /** How many filters there are under {@code number}, on all agents. */
    public int rows(int number) {
        return rows[number];
    }

    /** Grows with each retirement that leaves rows behind. */
    long retirements() {
        return retirements;
    }

    boolean isRetired(int number) {
        return retired.get(number);
    }

    void rowAdded(int number) {
        rows[number]++;
    }

    void rowDropped(int number) {
        if (--rows[number] == 0 && retired.get(number)) {
            retired.clear(number);
            unused.set(number);
        }
    }
}
