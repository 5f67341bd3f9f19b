package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.allocator.eligibility.MinAllocatable;
import dev.proffer.allocator.filters.Passes;
import dev.proffer.allocator.filters.SlotNumbers;
import dev.proffer.allocator.order.Orders;
import dev.proffer.allocator.order.Pool;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that an allocator knows, with the sums over it. Single-threaded, as everything here. */
public final class Cluster {
    private final AllocatorConfig config;
    private final ResourceNames names = new ResourceNames();
    private final Pool pool;
    private final RoleTree roles;
    private final SlotNumbers numbers = new SlotNumbers();
    private final MinAllocatable minAllocatable;
    private final Map<AgentId, Agent> agents = new TreeMap<>();
    private final List<@Nullable Agent> agentsByIndex = new ArrayList<>();
    private final BitSet freePlaces = new BitSet();
    private final BitSet agentsWithFree = new BitSet();
    private final BitSet agentsInMaintenance = new BitSet();
    private final Map<FrameworkId, Framework> frameworks = new TreeMap<>();
    private Optional<SortedSet<String>> whitelist = Optional.empty();
    private Passes passes = Passes.NONE;
    private int ownMinimums;
    private long arrivals;

    public Cluster(AllocatorConfig config, RandomGenerator chance) {
        this.config = config;
        this.pool = new Pool(names, config.ordering().uncountedForShares());
        this.roles = new RoleTree(names, config, new Orders(chance));
        this.minAllocatable = new MinAllocatable(config.eligibility().minAllocatable(), names);
    }

    public AllocatorConfig config() {
        return config;
    }

    public ResourceNames names() {
        return names;
    }

    public Pool pool() {
        return pool;
    }

    public RoleTree roles() {
        return roles;
    }

    public MinAllocatable minAllocatable() {
        return minAllocatable;
    }

    SlotNumbers numbers() {
        return numbers;
    }

    public Passes passes() {
        return passes;
    }

    public void setPasses(Passes passes) {
        this.passes = passes;
    }

    public Bundle bundle(Resources resources) {
        return resources.isEmpty() ? Bundle.EMPTY : new Bundle(resources, names);
    }

    public @Nullable Agent agent(AgentId id) {
        return agents.get(id);
    }

    public Optional<Agent> find(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** @throws IllegalArgumentException if it is not known */
    public Agent require(AgentId id) {
        var agent = agents.get(id);
        if (agent == null) {
            throw new IllegalArgumentException("agent " + id + " is not known");
        }
        return agent;
    }

    public @Nullable Agent agent(int index) {
        return agentsByIndex.get(index);
    }

    /** All agents, by id. */
    public Iterable<Agent> agents() {
        return agents.values();
    }

    /** How many places there are for agents; some may be empty. */
    public int agentPlaces() {
        return agentsByIndex.size();
    }

    /** By index, the agents that have anything free. Read only. */
    public BitSet agentsWithFree() {
        return agentsWithFree;
    }

    /** By index, the agents whose machines will be unavailable. Read only. */
    public BitSet agentsInMaintenance() {
        return agentsInMaintenance;
    }

    void noteMaintenance(Agent agent) {
        agentsInMaintenance.set(agent.index(), agent.maintenance != null);
    }

    void noteFree(Agent agent) {
        agentsWithFree.set(agent.index(), !agent.free().isEmpty());
    }

    int takeAgentPlace() {
        int index = freePlaces.nextSetBit(0);
        if (index >= 0) {
            freePlaces.clear(index);
            return index;
        }
        agentsByIndex.add(null);
        return agentsByIndex.size() - 1;
    }

    void put(Agent agent) {
        agents.put(agent.id(), agent);
        agentsByIndex.set(agent.index(), agent);
    }

    void remove(Agent agent) {
        agents.remove(agent.id());
        agentsByIndex.set(agent.index(), null);
        freePlaces.set(agent.index());
        agentsWithFree.clear(agent.index());
        agentsInMaintenance.clear(agent.index());
    }

    public @Nullable Framework framework(FrameworkId id) {
        return frameworks.get(id);
    }

    /** @throws IllegalArgumentException if it is not known, or only spoken of by agents */
    public Framework require(FrameworkId id) {
        var framework = frameworks.get(id);
        if (framework == null || !framework.isKnown()) {
            throw new IllegalArgumentException("framework " + id + " is not known");
        }
        return framework;
    }

    /** All frameworks, also those only spoken of by agents, by id. */
    public Iterable<Framework> frameworks() {
        return frameworks.values();
    }

    Framework obtainFramework(FrameworkId id) {
        return frameworks.computeIfAbsent(id, Framework::new);
    }

    void remove(Framework framework) {
        frameworks.remove(framework.id());
    }

    void setWhitelist(Optional<SortedSet<String>> hostnames) {
        whitelist = hostnames;
        for (var agent : agents.values()) {
            agent.listed = isListed(agent.description().hostname());
        }
    }

    boolean isListed(String hostname) {
        return whitelist.isEmpty() || whitelist.get().contains(hostname);
    }

    /** Whether any slot has a smallest offer of its own. */
    public boolean hasOwnMinimums() {
        return ownMinimums > 0;
    }

    long nextArrival() {
        return arrivals++;
    }

    void countOwnMinimum(int change) {
        ownMinimums += change;
    }
}
