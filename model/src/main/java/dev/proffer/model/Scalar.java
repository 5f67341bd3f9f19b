package dev.proffer.model;

import java.math.BigDecimal;

/** An amount in integer thousandths (three decimals, as in Mesos). Never negative; arithmetic overflow throws. */
public record Scalar(long thousandths) implements Value, Comparable<Scalar> {
    public static final Scalar ZERO = new Scalar(0);

    /** The largest amount that a wire {@code double} carries exactly to three decimals. */
    private static final double MAX = 9.0e12;

    public Scalar {
        if (thousandths < 0) {
            throw new IllegalArgumentException("negative amount: " + thousandths + " thousandths");
        }
    }

    /**
     * The amount nearest to {@code value} with three decimals.
     *
     * @throws IllegalArgumentException if it is negative, not finite or above 9e12
     */
    public static Scalar of(double value) {
        if (!(value >= 0 && value <= MAX)) {
            throw new IllegalArgumentException("an amount must be between 0 and 9e12, but is " + value);
        }
        return new Scalar(Math.round(value * 1000));
    }

    public double toDouble() {
        return thousandths / 1000.0;
    }

    @Override
    public boolean isEmpty() {
        return thousandths == 0;
    }

    @Override
    public Scalar plus(Value other) {
        return new Scalar(Math.addExact(thousandths, ((Scalar) other).thousandths));
    }

    @Override
    public Scalar minus(Value other) {
        return new Scalar(Math.max(0, thousandths - ((Scalar) other).thousandths));
    }

    @Override
    public boolean contains(Value other) {
        return thousandths >= ((Scalar) other).thousandths;
    }

    @Override
    public int compareTo(Scalar other) {
        return Long.compare(thousandths, other.thousandths);
    }

    /** The shortest decimal form: {@code 2}, {@code 0.5}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}
