package dev.proffer.model;

/** The id of an agent, given by the master at registration. Never empty. */
public record AgentId(String value) implements Comparable<AgentId> {
    public AgentId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("agent id must not be empty");
        }
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
