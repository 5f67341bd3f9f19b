package dev.proffer.allocator.filters;

/** Counts the full passes: equal numbers between two of them. */
public record Passes(long begun, long completed) {
    public static final Passes NONE = new Passes(0, 0);

    public Passes beginning() {
        return new Passes(begun + 1, completed);
    }

    public Passes complete() {
        return new Passes(begun, begun);
    }
}
