package dev.proffer.model;

/** The id of an offer or an inverse offer; unique for one master's term. Never empty. */
public record OfferId(String value) implements Comparable<OfferId> {
    public OfferId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("offer id must not be empty");
        }
    }

    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
