package dev.proffer.master.edge.registry;

import dev.proffer.crds.agent.Agent;
import dev.proffer.model.AgentId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The Agent objects as last seen, by name and by agent. Any thread. */
final class AgentDirectory {
    private final Map<String, Agent> byName = new LinkedHashMap<>();
    private final Map<AgentId, String> names = new LinkedHashMap<>();
    private final Set<AgentId> released = new HashSet<>();

    /** What was seen before may come late: it is passed over. */
    synchronized void saw(Agent object) {
        var name = object.getMetadata().getName();
        var known = byName.get(name);
        if (known != null && isOlder(object, known)) {
            return;
        }
        lost(name);
        byName.put(name, object);
        AgentObjects.agent(object).filter(id -> !released.contains(id)).ifPresent(id -> names.put(id, name));
    }

    synchronized void lost(String name) {
        var known = byName.remove(name);
        if (known != null) {
            AgentObjects.agent(known).ifPresent(id -> names.remove(id, name));
        }
    }

    /** The agent is to be forgotten: until it is, its object may become another's. */
    synchronized void release(AgentId id) {
        names.remove(id);
        released.add(id);
    }

    /** The agent is to be kept after all, or is forgotten. */
    synchronized void settle(AgentId id) {
        released.remove(id);
    }

    /** The object of an agent that is to be forgotten, if it has not become another's. */
    synchronized Optional<Agent> leftBehind(AgentId id) {
        return byName.values().stream()
                .filter(object -> AgentObjects.agent(object).filter(id::equals).isPresent())
                .findFirst();
    }

    synchronized Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(names.get(id)).map(byName::get);
    }

    synchronized Optional<Agent> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether no agent that counts has the object. */
    synchronized boolean isFree(Agent object) {
        return AgentObjects.agent(object)
                .map(id -> !object.getMetadata().getName().equals(names.get(id)))
                .orElse(true);
    }

    /** Versions of one object are numbers that grow; of what is none, the later seen counts. */
    private static boolean isOlder(Agent object, Agent known) {
        var uid = object.getMetadata().getUid();
        return uid != null && uid.equals(known.getMetadata().getUid()) && version(object) < version(known);
    }

    private static long version(Agent object) {
        try {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        } catch (NumberFormatException opaque) {
            return Long.MAX_VALUE;
        }
    }
}
