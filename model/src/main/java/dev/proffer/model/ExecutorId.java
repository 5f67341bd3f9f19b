package dev.proffer.model;

/** The id of an executor, chosen by its framework and unique within it on one agent. Never empty. */
public record ExecutorId(String value) implements Comparable<ExecutorId> {
    public ExecutorId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("executor id must not be empty");
        }
    }

    @Override
    public int compareTo(ExecutorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
