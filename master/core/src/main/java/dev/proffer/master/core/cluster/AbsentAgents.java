package dev.proffer.master.core.cluster;

import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Agents that are known and not registered: recovered from the registry and expected back, unreachable, or gone. */
public final class AbsentAgents {
    private final LinkedHashMap<AgentId, RegisteredAgent> recovered = new LinkedHashMap<>();
    private final Remembered<AgentId, RegisteredAgent> unreachable;
    private final Remembered<AgentId, RegisteredAgent> gone;
    private long returnsUntil = Long.MIN_VALUE;

    AbsentAgents(int most) {
        this.unreachable = new Remembered<>(most);
        this.gone = new Remembered<>(most);
    }

    /** Takes an agent in as the registry has it. */
    public void add(RegisteredAgent agent) {
        remove(agent.id());
        switch (agent.standing()) {
            case ADMITTED -> recovered.put(agent.id(), agent);
            case UNREACHABLE -> unreachable.put(agent.id(), agent);
            case GONE -> gone.put(agent.id(), agent);
        }
    }

    public Optional<RegisteredAgent> find(AgentId id) {
        return Optional.ofNullable(recovered.get(id))
                .or(() -> unreachable.find(id))
                .or(() -> gone.find(id));
    }

    /** Someone expects something else of the agent. */
    public void change(AgentId id, AgentPolicy policy) {
        find(id).ifPresent(agent -> add(agent.with(policy)));
    }

    public Optional<RegisteredAgent> remove(AgentId id) {
        var known = Optional.ofNullable(recovered.remove(id));
        return known.or(() -> unreachable.remove(id)).or(() -> gone.remove(id));
    }

    /** In the term's beginning: known from the registry, and not back yet. */
    public Collection<RegisteredAgent> recovered() {
        return Collections.unmodifiableCollection(recovered.values());
    }

    /** Oldest first. */
    public Collection<RegisteredAgent> unreachable() {
        return unreachable.all();
    }

    /** Oldest first. */
    public Collection<RegisteredAgent> gone() {
        return gone.all();
    }

    /** On the machine of that name, but for gone ones. */
    public List<RegisteredAgent> onNode(String name) {
        return Stream.concat(recovered.values().stream(), unreachable.all().stream())
                .filter(agent -> agent.hostname().equals(name))
                .toList();
    }

    public boolean isRecovered(AgentId id) {
        return recovered.containsKey(id);
    }

    public boolean isUnreachable(AgentId id) {
        return unreachable.contains(id);
    }

    public boolean isGone(AgentId id) {
        return gone.contains(id);
    }

    /** Until then (monotonic nanoseconds), agents may come back that an earlier master knew and the registry does not. */
    public void awaitReturnsUntil(long nanos) {
        returnsUntil = nanos;
    }

    /** Whether agents may run that an earlier master let in and this one has not. */
    public boolean someMayReturn(Moment now) {
        return !recovered.isEmpty() || !now.reached(returnsUntil);
    }

    /** Whether an agent that is not registered may be one that an earlier master let in and that runs. */
    boolean mayReturn(AgentId id, Moment now) {
        return isRecovered(id) || (!now.reached(returnsUntil) && find(id).isEmpty());
    }
}
