package dev.proffer.master.core.cluster;

import dev.proffer.master.core.LinkId;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The registered agents by id and by link, in the order of their registration, and those that are known but absent. */
public final class Agents {
    private final LinkedHashMap<AgentId, Agent> byId = new LinkedHashMap<>();
    private final LinkedHashMap<LinkId, Agent> byLink = new LinkedHashMap<>();
    private final LinkedHashMap<String, LinkedHashSet<Agent>> byHost = new LinkedHashMap<>();
    private final AbsentAgents absent;
    private final String masterId;
    private final LinkedHashSet<AgentId> emptied = new LinkedHashSet<>();
    private final LinkedHashSet<AgentId> newcomers = new LinkedHashSet<>();
    private final LinkedHashSet<AgentId> departed = new LinkedHashSet<>();
    private long registrations;

    Agents(String masterId, int maxUnreachable) {
        this.masterId = masterId;
        this.absent = new AbsentAgents(maxUnreachable);
    }

    /** An id that no agent has had. */
    public AgentId nextId() {
        AgentId id;
        do {
            id = new AgentId(masterId + "-S" + registrations++);
        } while (byId.containsKey(id) || absent.find(id).isPresent());
        return id;
    }

    public Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Agent> find(LinkId link) {
        return Optional.ofNullable(byLink.get(link));
    }

    public Collection<Agent> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Whether the agent may be one that an earlier master let in, and is not back yet. */
    public boolean mayReturn(AgentId id, Moment now) {
        return !byId.containsKey(id) && absent.mayReturn(id, now);
    }

    /** The next of those that registered, anew or again, changed what they have, or were renewed, and were not taken here yet. */
    public Optional<AgentId> takeNewcomer() {
        return newcomers.isEmpty() ? Optional.empty() : Optional.of(newcomers.removeFirst());
    }

    /** It is to be looked at as if it had just registered: what it has, or what it is chosen by, changed. */
    public void changed(Agent agent) {
        newcomers.add(agent.id());
    }

    public boolean hasNewcomers() {
        return !newcomers.isEmpty();
    }

    /** The next of those that were removed and not taken here yet. */
    public Optional<AgentId> takeDeparted() {
        return departed.isEmpty() ? Optional.empty() : Optional.of(departed.removeFirst());
    }

    /** Those that are known and not registered. */
    public AbsentAgents absent() {
        return absent;
    }

    public Agent add(AgentId id, Agent.Profile profile, Instant at) {
        var agent = new Agent(id, profile, at);
        absent.remove(id).ifPresent(agent.prospects()::continues);
        if (byId.put(id, agent) != null) {
            throw new IllegalStateException("agent " + id + " is registered already");
        }
        byHost.computeIfAbsent(agent.hostname(), _ -> new LinkedHashSet<>()).add(agent);
        return agent;
    }

    public void connect(Agent agent, LinkId link) {
        disconnect(agent);
        agent.connect(link);
        byLink.put(link, agent);
        newcomers.add(agent.id());
    }

    public void disconnect(Agent agent) {
        agent.link().ifPresent(byLink::remove);
        agent.disconnect();
    }

    public void remove(Agent agent) {
        departed.add(agent.id());
        newcomers.remove(agent.id());
        disconnect(agent);
        byId.remove(agent.id());
        byHost.computeIfPresent(agent.hostname(), (_, there) -> {
            there.remove(agent);
            return there.isEmpty() ? null : there;
        });
    }

    /** Those on the machine of that name; an agent's hostname never changes. */
    public List<Agent> registeredOn(String host) {
        return List.copyOf(byHost.getOrDefault(host, new LinkedHashSet<>()));
    }

    /** Those on the machine of that name, registered or not, but for gone ones. */
    public List<AgentId> onNode(String name) {
        var ids = new ArrayList<AgentId>();
        registeredOn(name).forEach(agent -> ids.add(agent.id()));
        absent.onNode(name).forEach(agent -> ids.add(agent.id()));
        return ids;
    }

    /** A draining agent has no task any more. */
    public void emptied(Agent agent) {
        emptied.add(agent.id());
    }

    /** The draining agents that lost their last task since the last call. */
    public List<AgentId> takeEmptied() {
        if (emptied.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(emptied);
        emptied.clear();
        return taken;
    }
}
