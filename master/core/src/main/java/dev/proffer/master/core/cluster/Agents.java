package dev.proffer.master.core.cluster;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The registered agents by id and by link, in the order of their registration, and those that are known but absent. */
public final class Agents {
    private final LinkedHashMap<AgentId, Agent> byId = new LinkedHashMap<>();
    private final LinkedHashMap<LinkId, Agent> byLink = new LinkedHashMap<>();
    private final AbsentAgents absent;
    private final String masterId;
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

    /** Those that are known and not registered. */
    public AbsentAgents absent() {
        return absent;
    }

    public Agent add(AgentId id, Agent.Profile profile, Instant at) {
        var policy = absent.remove(id).map(RegisteredAgent::policy).orElse(AgentPolicy.NONE);
        var agent = new Agent(id, profile, policy, at);
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

    /** Removes the agent but remembers it, as unreachable, for it may return, or as gone. */
    public void leave(Agent agent, Standing standing, Instant at) {
        remove(agent);
        absent.add(agent.registered().with(standing, at));
    }
}
