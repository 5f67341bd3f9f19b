package dev.proffer.model;

/**
 * What a resource amounts to. Values of different kinds never mix: the arithmetic below takes a value of the same kind and
 * otherwise throws {@link ClassCastException}, because the caller's books are wrong then.
 */
public sealed interface Value permits Scalar, Ranges, Items {
    boolean isEmpty();

    /** Both together. Ranges and items are unions. */
    Value plus(Value other);

    /** What is left without {@code other}; never less than nothing. */
    Value minus(Value other);

    boolean contains(Value other);

    /** Thousandths of a scalar, or a thousand for each number of a range and each item of a set. */
    long thousandths();
}
