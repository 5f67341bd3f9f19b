package dev.proffer.allocator.amounts;

import dev.proffer.model.Quantities;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Thousandths by number of a resource name (see {@link ResourceNames}); what was never set is zero. Changes in place, because
 * the sums that depend on it are kept running; overflow throws.
 */
public final class Amounts {
    private static final long[] NOTHING = {};

    private long[] values = NOTHING;

    /** One more than the highest index that may be other than zero. */
    public int length() {
        return values.length;
    }

    public long at(int index) {
        return index < values.length ? values[index] : 0;
    }

    public void set(int index, long thousandths) {
        if (index >= values.length) {
            if (thousandths == 0) {
                return;
            }
            values = Arrays.copyOf(values, index + 1);
        }
        values[index] = thousandths;
    }

    public void add(int index, long thousandths) {
        set(index, Math.addExact(at(index), thousandths));
    }

    public void add(Amounts other) {
        var theirs = other.values;
        if (theirs.length > values.length) {
            values = Arrays.copyOf(values, theirs.length);
        }
        for (int i = 0; i < theirs.length; i++) {
            values[i] = Math.addExact(values[i], theirs[i]);
        }
    }

    public void subtract(Amounts other) {
        var theirs = other.values;
        if (theirs.length > values.length) {
            values = Arrays.copyOf(values, theirs.length);
        }
        for (int i = 0; i < theirs.length; i++) {
            values[i] = Math.subtractExact(values[i], theirs[i]);
        }
    }

    public boolean isZero() {
        for (long value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    public void clear() {
        Arrays.fill(values, 0);
    }

    public void assign(Amounts other) {
        if (other.values.length > values.length) {
            values = other.values.clone();
            return;
        }
        System.arraycopy(other.values, 0, values, 0, other.values.length);
        Arrays.fill(values, other.values.length, values.length, 0);
    }

    public boolean contains(Amounts other) {
        for (int i = 0; i < other.values.length; i++) {
            if (at(i) < other.values[i]) {
                return false;
            }
        }
        return true;
    }

    public static Amounts of(Quantities quantities, ResourceNames names) {
        var amounts = new Amounts();
        quantities.forEach((name, thousandths) -> amounts.set(names.indexOf(name), thousandths));
        return amounts;
    }

    /** The positive ones, by name. */
    public Quantities toQuantities(ResourceNames names) {
        var byName = new TreeMap<String, Long>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                byName.put(names.name(i), values[i]);
            }
        }
        return Quantities.of(byName);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts amounts && contains(amounts) && amounts.contains(this);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash += (i + 1) * Long.hashCode(values[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
