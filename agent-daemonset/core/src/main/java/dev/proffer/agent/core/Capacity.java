package dev.proffer.agent.core;

import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.v1.Resource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an agent can offer as things are on its machine.
 *
 * @param problems why it is less than was configured; empty if it is not
 */
public record Capacity(List<Resource> resources, List<Problem> problems) {
    public Capacity {
        resources = List.copyOf(resources);
        problems = List.copyOf(problems);
    }

    /** Whether its problems leave nothing to run tasks with. */
    public boolean isNothing() {
        return !problems.isEmpty() && resources.isEmpty();
    }

    /** The problems as sentences; empty if there are none. */
    public String complaint() {
        return problems.stream().map(Problem::getMessage).collect(Collectors.joining("; "));
    }
}
