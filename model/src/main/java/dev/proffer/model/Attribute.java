package dev.proffer.model;

import java.util.List;

/** A fact about an agent that frameworks choose by. Attributes are never consumed. */
public record Attribute(String name, Value value) {
    /** What an attribute says. */
    public sealed interface Value permits Text, OfScalar, OfRanges, OfItems {}

    public record Text(String text) implements Value {}

    public record OfScalar(Scalar scalar) implements Value {}

    public record OfRanges(Ranges ranges) implements Value {}

    public record OfItems(Items items) implements Value {}

    public Attribute {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an attribute needs a name");
        }
    }

    public static Attribute text(String name, String text) {
        return new Attribute(name, new Text(text));
    }

    /** Its value, for people and for those who compare attributes with text. */
    public String asText() {
        return switch (value) {
            case Text(var text) -> text;
            case OfScalar(var scalar) -> scalar.toString();
            case OfRanges(var ranges) -> ranges.toString();
            case OfItems(var items) -> items.toString();
        };
    }

    /**
     * Reads the short text form, for example {@code rack:r1;generation:3}: what looks like a number is a scalar.
     *
     * @throws IllegalArgumentException if a part has no name
     */
    public static List<Attribute> parse(String text) {
        return ResourceText.parseAttributes(text);
    }
}
