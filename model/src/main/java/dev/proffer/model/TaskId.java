package dev.proffer.model;

/** The id of a task, chosen by its framework and unique within it. Never empty. */
public record TaskId(String value) implements Comparable<TaskId> {
    public TaskId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("task id must not be empty");
        }
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
