package dev.proffer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of whole numbers as inclusive ranges: sorted, disjoint and never adjacent. */
public final class Ranges implements Value {
    /** One inclusive range. */
    public record Range(long begin, long end) {
        public Range {
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException("a range needs 0 <= begin <= end, but is " + begin + "-" + end);
            }
        }
    }

    public static final Ranges NONE = new Ranges(new long[0]);

    /** begin, end, begin, end, … ascending. Never handed out. */
    private final long[] bounds;

    private Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    public static Ranges of(long begin, long end) {
        return of(List.of(new Range(begin, end)));
    }

    /** The union of {@code ranges}, in any order, overlapping or not. */
    public static Ranges of(Collection<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Range::begin));
        var builder = new Builder(sorted.size());
        for (var range : sorted) {
            builder.append(range.begin, range.end);
        }
        return builder.build();
    }

    public List<Range> ranges() {
        var result = new ArrayList<Range>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            result.add(new Range(bounds[i], bounds[i + 1]));
        }
        return List.copyOf(result);
    }

    /** How many ranges there are. */
    public int size() {
        return bounds.length / 2;
    }

    public long begin(int index) {
        return bounds[2 * index];
    }

    public long end(int index) {
        return bounds[2 * index + 1];
    }

    @Override
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    @Override
    public Ranges plus(Value other) {
        var right = ((Ranges) other).bounds;
        var builder = new Builder((bounds.length + right.length) / 2);
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < right.length) {
            if (j >= right.length || (i < bounds.length && bounds[i] <= right[j])) {
                builder.append(bounds[i], bounds[i + 1]);
                i += 2;
            } else {
                builder.append(right[j], right[j + 1]);
                j += 2;
            }
        }
        return builder.build();
    }

    @Override
    public Ranges minus(Value other) {
        var right = ((Ranges) other).bounds;
        var builder = new Builder((bounds.length + right.length) / 2);
        int j = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long begin = bounds[i];
            long end = bounds[i + 1];
            while (j < right.length && right[j + 1] < begin) {
                j += 2;
            }
            int k = j;
            boolean covered = false;
            while (!covered && k < right.length && right[k] <= end) {
                if (right[k] > begin) {
                    builder.append(begin, right[k] - 1);
                }
                covered = right[k + 1] >= end;
                begin = right[k + 1] + 1;
                k += 2;
            }
            if (!covered) {
                builder.append(begin, end);
            }
        }
        return builder.build();
    }

    @Override
    public boolean contains(Value other) {
        var right = ((Ranges) other).bounds;
        int i = 0;
        for (int j = 0; j < right.length; j += 2) {
            while (i < bounds.length && bounds[i + 1] < right[j]) {
                i += 2;
            }
            if (i >= bounds.length || bounds[i] > right[j] || bounds[i + 1] < right[j + 1]) {
                return false;
            }
        }
        return true;
    }

    /** How many numbers there are; saturates at the largest {@code long}. */
    public long count() {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i] + 1;
            if (count < 0) {
                return Long.MAX_VALUE;
            }
        }
        return count;
    }

    @Override
    public long thousandths() {
        long count = count();
        return count > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : count * 1000;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(bounds[i]).append('-').append(bounds[i + 1]);
        }
        return text.append(']').toString();
    }

    /** Takes ranges with ascending begins and joins those that touch. */
    private static final class Builder {
        private long[] bounds;
        private int length;

        Builder(int expectedRanges) {
            bounds = new long[Math.max(2, 2 * expectedRanges)];
        }

        void append(long begin, long end) {
            if (length > 0 && begin - 1 <= bounds[length - 1]) {
                bounds[length - 1] = Math.max(bounds[length - 1], end);
                return;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * length);
            }
            bounds[length++] = begin;
            bounds[length++] = end;
        }

        Ranges build() {
            if (length == 0) {
                return NONE;
            }
            return new Ranges(length == bounds.length ? bounds : Arrays.copyOf(bounds, length));
        }
    }
}
