package dev.proffer.allocator.filters;

import dev.proffer.model.Resources;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The refuse filters on one agent. A filter blocks an offer if the refused resources contain all of it, as in Mesos.
 *
 * <p>What makes it cheap: a filter is a row of 16 bytes in three parallel arrays, and two bits by slot number. The bit {@code
 * blocked} says that the slot refused at least as much as the agent has free now, so nothing of the agent can be offered to
 * it: one test, without looking at a row. It is worked out anew only when what is free changes, and then once for each
 * distinct refusal, for most refusals on an agent are one and the same value.
 *
 * <p>Rows are in the order in which they were added. A filter ends when its time is over and a full pass has seen it, because
 * a filter shorter than the interval would otherwise never be in force (as in Mesos, where expiry comes behind the periodic
 * run). One that was asked to last no time at all rests its slot until the next full pass begins.
 */
@SuppressWarnings("ReferenceEquality") // the same instance is the usual case, and spares a comparison of values
public final class AgentFilters {
    /** The expiry of a filter that ends when the next full pass begins. */
    public static final long UNTIL_NEXT_PASS = Long.MIN_VALUE;

    /** More filters of one framework, role and agent are not kept: the oldest goes. */
    private static final int MOST_PER_SLOT = 32;

    private static final int[] NO_SLOTS = {};
    private static final long[] NO_WORDS = {};
    private static final Resources[] NO_RESOURCES = {};

    private final SlotNumbers numbers;
    private final boolean countsRows;
    private int size;
    private int[] slots = NO_SLOTS;
    private long[] expiries = NO_WORDS;
    private Resources[] refused = NO_RESOURCES;
    private long[] blocked = NO_WORDS;
    private long[] present = NO_WORDS;

    private @Nullable Resources free;
    private long earliestExpiry = Long.MAX_VALUE;
    private long retirementsSeen;
    private long youngPass = -1;
    private int youngFrom;

    public AgentFilters(SlotNumbers numbers) {
        this(numbers, true);
    }

    private AgentFilters(SlotNumbers numbers, boolean countsRows) {
        this.numbers = numbers;
        this.countsRows = countsRows;
    }

    /** A copy that may be swept and asked without consequence. */
    public AgentFilters copy() {
        var copy = new AgentFilters(numbers, false);
        copy.size = size;
        copy.slots = slots.clone();
        copy.expiries = expiries.clone();
        copy.refused = refused.clone();
        copy.blocked = blocked.clone();
        copy.present = present.clone();
        copy.free = free;
        copy.earliestExpiry = earliestExpiry;
        copy.retirementsSeen = retirementsSeen;
        copy.youngPass = youngPass;
        copy.youngFrom = youngFrom;
        return copy;
    }

    /** Whether {@link #sweep} would have anything to do. */
    public boolean mayHaveEnded(long nanos) {
        return size > 0 && (retirementsSeen != numbers.retirements() || earliestExpiry <= nanos);
    }

    public int size() {
        return size;
    }

    /**
     * Adds a filter.
     *
     * @param expiry monotonic nanoseconds, or {@link #UNTIL_NEXT_PASS}
     */
    public void add(int slot, Resources resources, long expiry, Passes passes) {
        if (hasRow(slot)) {
            dropSuperseded(slot, resources, expiry);
            dropOldestIfMany(slot);
        }
        if (youngPass != passes.completed()) {
            youngPass = passes.completed();
            youngFrom = size;
        }
        var known = size > 0 && refused[size - 1].equals(resources) ? refused[size - 1] : resources;
        if (size == slots.length) {
            grow();
        }
        slots[size] = slot;
        expiries[size] = expiry;
        refused[size] = known;
        size++;
        numbers.rowAdded(slot);
        earliestExpiry = Math.min(earliestExpiry, expiry);
        present = withBit(present, slot);
        if (free != null && !free.isEmpty() && (known == free || known.contains(free))) {
            blocked = withBit(blocked, slot);
        }
    }

    private void grow() {
        int capacity = size + Math.max(4, size >> 3);
        slots = Arrays.copyOf(slots, capacity);
        expiries = Arrays.copyOf(expiries, capacity);
        refused = Arrays.copyOf(refused, capacity);
    }

    /** Drops what has ended. To be called, like {@link #look}, before the questions below. */
    public void sweep(long nanos, Passes passes) {
        if (mayHaveEnded(nanos)) {
            dropEnded(nanos, passes);
            retirementsSeen = numbers.retirements();
        }
    }

    /** Takes note of what is free. */
    public void look(Resources freeNow) {
        if (free != freeNow) {
            free = freeNow;
            findBlocked();
        }
    }

    private void dropEnded(long nanos, Passes passes) {
        dropRows(row -> numbers.isRetired(slots[row]) || hasEnded(row, nanos, passes));
    }

    /** What an older filter of the slot refuses the new one refuses too, and for as long. */
    private void dropSuperseded(int slot, Resources resources, long expiry) {
        dropRows(row -> slots[row] == slot && expiries[row] <= expiry && resources.contains(refused[row]));
    }

    /** A framework may refuse an agent in ever other pieces; that must not make us grow. */
    private void dropOldestIfMany(int slot) {
        int count = 0;
        int oldest = -1;
        for (int row = size - 1; row >= 0; row--) {
            if (slots[row] == slot) {
                count++;
                oldest = row;
            }
        }
        if (count >= MOST_PER_SLOT) {
            int dropped = oldest;
            dropRows(row -> row == dropped);
        }
    }

    private void dropRows(IntPredicate isOver) {
        int kept = 0;
        int young = size;
        earliestExpiry = Long.MAX_VALUE;
        Arrays.fill(present, 0);
        for (int row = 0; row < size; row++) {
            if (row == youngFrom) {
                young = kept;
            }
            if (isOver.test(row)) {
                countDropped(slots[row]);
                continue;
            }
            slots[kept] = slots[row];
            expiries[kept] = expiries[row];
            refused[kept] = refused[row];
            earliestExpiry = Math.min(earliestExpiry, expiries[kept]);
            setBit(present, slots[kept]);
            kept++;
        }
        youngFrom = Math.min(young, kept);
        if (kept < size) {
            shrinkTo(kept);
            free = null;
        }
    }

    private void countDropped(int slot) {
        if (countsRows) {
            numbers.rowDropped(slot);
        }
    }

    private boolean hasEnded(int row, long nanos, Passes passes) {
        return expiries[row] == UNTIL_NEXT_PASS
                ? !wasAddedSince(row, passes.begun())
                : expiries[row] <= nanos && !wasAddedSince(row, passes.completed());
    }

    private boolean wasAddedSince(int row, long pass) {
        return row >= youngFrom && youngPass >= pass;
    }

    private void shrinkTo(int kept) {
        Arrays.fill(refused, kept, size, Resources.EMPTY);
        size = kept;
        if (slots.length > 16 && kept < slots.length / 2) {
            slots = Arrays.copyOf(slots, kept);
            expiries = Arrays.copyOf(expiries, kept);
            refused = Arrays.copyOf(refused, kept);
        }
    }

    private void findBlocked() {
        Arrays.fill(blocked, 0);
        var freeNow = free;
        if (freeNow == null || freeNow.isEmpty()) {
            return;
        }
        Resources last = null;
        boolean lastBlocks = false;
        for (int row = 0; row < size; row++) {
            if (refused[row] != last) {
                last = refused[row];
                lastBlocks = last == freeNow || last.contains(freeNow);
            }
            if (lastBlocks) {
                blocked = withBit(blocked, slots[row]);
            }
        }
    }

    /** Whether nothing of what is free can be offered to the slot. */
    public boolean blocksAll(int slot) {
        int word = slot >> 6;
        return word < blocked.length && (blocked[word] & (1L << slot)) != 0;
    }

    /** Whether this offer is refused. */
    public boolean blocks(int slot, Resources offer) {
        return blocksAll(slot) || (hasRow(slot) && blockingRow(slot, offer) >= 0);
    }

    /** Until when an offer is refused: monotonic nanoseconds or {@link #UNTIL_NEXT_PASS}. It must be refused. */
    public long blockedUntil(int slot, Resources offer) {
        long until = UNTIL_NEXT_PASS;
        for (int row = 0; row < size; row++) {
            if (slots[row] == slot && refused[row].contains(offer)) {
                until = Math.max(until, expiries[row]);
            }
        }
        return until;
    }

    private boolean hasRow(int slot) {
        int word = slot >> 6;
        return word < present.length && (present[word] & (1L << slot)) != 0;
    }

    private int blockingRow(int slot, Resources offer) {
        for (int row = 0; row < size; row++) {
            if (slots[row] == slot && refused[row].contains(offer)) {
                return row;
            }
        }
        return -1;
    }

    /** Ends all filters on this agent. */
    public void clear() {
        for (int row = 0; row < size; row++) {
            countDropped(slots[row]);
        }
        shrinkTo(0);
        Arrays.fill(blocked, 0);
        Arrays.fill(present, 0);
        earliestExpiry = Long.MAX_VALUE;
        youngFrom = 0;
    }

    private static long[] withBit(long[] words, int bit) {
        int word = bit >> 6;
        var result = word < words.length ? words : Arrays.copyOf(words, word + 1);
        result[word] |= 1L << bit;
        return result;
    }

    private static void setBit(long[] words, int bit) {
        words[bit >> 6] |= 1L << bit;
    }
}
