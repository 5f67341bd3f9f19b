package dev.proffer.master.core.cluster;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.snapshot.UnreachableAgentSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The registered agents by id and by link, in the order of their registration, and the unreachable ones. */
public final class Agents {
    private final LinkedHashMap<AgentId, Agent> byId = new LinkedHashMap<>();
    private final LinkedHashMap<LinkId, Agent> byLink = new LinkedHashMap<>();
    private final Remembered<AgentId, UnreachableAgentSnapshot> unreachable;
    private final String masterId;
    private long registrations;
    private long returnsUntil = Long.MIN_VALUE;

    Agents(String masterId, int maxUnreachable) {
        this.masterId = masterId;
        this.unreachable = new Remembered<>(maxUnreachable);
    }

    /** An id that no agent has had. */
    public AgentId nextId() {
        AgentId id;
        do {
            id = new AgentId(masterId + "-S" + registrations++);
        } while (byId.containsKey(id) || unreachable.contains(id));
        return id;
    }

    public Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Agent> find(LinkId link) {
        return Optional.ofNullable(byLink.get(link));
    }

    /** Until then (monotonic nanoseconds), agents that an earlier master knew may come back. */
    public void awaitReturnsUntil(long nanos) {
        returnsUntil = nanos;
    }

    /** Whether agents may run that an earlier master knew and this one does not know yet. */
    public boolean someMayReturn(Moment now) {
        return !now.reached(returnsUntil);
    }

    /** Whether the agent may be one that an earlier master knew and this one does not know yet. */
    public boolean mayReturn(AgentId id, Moment now) {
        return someMayReturn(now) && !byId.containsKey(id) && !unreachable.contains(id);
    }

    public Collection<Agent> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public Remembered<AgentId, UnreachableAgentSnapshot> unreachable() {
        return unreachable;
    }

    public Agent add(AgentId id, Agent.Profile profile, Instant at) {
        unreachable.remove(id);
        var agent = new Agent(id, profile, at);
        if (byId.put(id, agent) != null) {
            throw new IllegalStateException("agent " + id + " is registered already");
        }
        return agent;
    }

    public void connect(Agent agent, LinkId link) {
        disconnect(agent);
        agent.connect(link);
        byLink.put(link, agent);
    }

    public void disconnect(Agent agent) {
        agent.link().ifPresent(byLink::remove);
        agent.disconnect();
    }

    public void remove(Agent agent) {
        disconnect(agent);
        byId.remove(agent.id());
    }

    /** Removes the agent but remembers it, for it may return. */
    public void lose(Agent agent, Instant at) {
        remove(agent);
        unreachable.put(
                agent.id(),
                new UnreachableAgentSnapshot(agent.id(), agent.profile().info(), at));
    }
}
