package dev.proffer.master.core.policy;

import dev.proffer.model.AgentId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which agents are meant: those that satisfy all of it.
 *
 * @param agent that one only
 * @param hostnames one of these; empty for any
 * @param attributes the text of an attribute, by its name
 */
public record AgentSelector(Optional<AgentId> agent, List<String> hostnames, SortedMap<String, String> attributes) {
    public static final AgentSelector ALL = new AgentSelector(Optional.empty(), List.of(), new TreeMap<>());

    public AgentSelector {
        hostnames = List.copyOf(hostnames);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    public static AgentSelector only(AgentId agent) {
        return new AgentSelector(Optional.of(agent), List.of(), new TreeMap<>());
    }

    public static AgentSelector withHostname(String hostname) {
        return new AgentSelector(Optional.empty(), List.of(hostname), new TreeMap<>());
    }

    public static AgentSelector withAttribute(String name, String text) {
        var attributes = new TreeMap<String, String>();
        attributes.put(name, text);
        return new AgentSelector(Optional.empty(), List.of(), attributes);
    }
}
