package dev.proffer.agent.core;

import dev.proffer.model.AgentId;

/** One run of a task on an agent: what a launcher is asked to start, and what it reports about. */
public record Container(AgentId agent, TaskKey task, String id) {
    public Container {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("container id must not be empty");
        }
    }
}
