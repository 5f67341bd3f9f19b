package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.AgentAdded;
import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.AgentUpdated;
import dev.proffer.allocator.AllocatorInput.InverseOfferClosed;
import dev.proffer.allocator.Unavailability;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What happens to agents. */
public final class AgentBook {
    public static final long NOT_REFUSED = Long.MIN_VALUE;

    private final Cluster cluster;
    private final Ledger ledger;
    private final FrameworkBook frameworks;
    private long descriptions;

    public AgentBook(Cluster cluster, Ledger ledger, FrameworkBook frameworks) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.frameworks = frameworks;
    }

    public Agent add(AgentAdded input) {
        if (cluster.agent(input.agent()) != null) {
            throw new IllegalArgumentException("agent " + input.agent() + " was added before");
        }
        var agent = new Agent(input.agent(), cluster.takeAgentPlace(), input.description(), cluster.numbers());
        agent.listed = cluster.isListed(input.description().hostname());
        cluster.put(agent);
        setMaintenance(agent, input.unavailability());
        ledger.setTotal(agent, cluster.bundle(input.total()));
        describe(agent, input.description());
        for (var holding : input.held()) {
            if (!holding.resources().isEmpty()) {
                var framework = cluster.obtainFramework(holding.framework());
                ledger.use(agent, frameworks.slot(framework, holding.role()), cluster.bundle(holding.resources()));
            }
        }
        return agent;
    }

    /** Filters on the agent end if its attributes change. Returns whether anything changed. */
    public boolean update(AgentUpdated input) {
        var agent = cluster.require(input.agent());
        boolean changed = !agent.description.equals(input.description());
        if (!agent.description.attributes().equals(input.description().attributes())) {
            agent.filters().clear();
        }
        if (!agent.total.resources().equals(input.total())) {
            changed = true;
            ledger.setTotal(agent, cluster.bundle(input.total()));
        }
        agent.listed = cluster.isListed(input.description().hostname());
        describe(agent, input.description());
        return changed;
    }

    private void describe(Agent agent, AgentDescription description) {
        boolean hasGpus = agent.total.resources().scalars().thousandths("gpus") > 0;
        if (agent.descriptionVersion == 0 || !agent.description.equals(description)) {
            agent.description = description;
            agent.descriptionVersion = ++descriptions;
        }
        agent.requiredTraits = Traits.required(
                description,
                hasGpus,
                cluster.config().eligibility().filterGpuResources(),
                cluster.config().eligibility().domain());
        agent.forbiddenTraits = Traits.forbidden(description);
    }

    /** Returns the agent that is gone. */
    public Agent remove(AgentId id) {
        var agent = cluster.require(id);
        var holders = List.copyOf(agent.held.keySet());
        holders.forEach(slot -> ledger.releaseAll(agent, slot));
        ledger.setTotal(agent, cluster.bundle(Resources.EMPTY));
        agent.filters().clear();
        cluster.remove(agent);
        holders.forEach(frameworks::review);
        return agent;
    }

    /** Returns whether it was inactive. */
    public boolean activate(AgentId id) {
        var agent = cluster.require(id);
        boolean wasInactive = !agent.active;
        agent.active = true;
        return wasInactive;
    }

    public void deactivate(AgentId id) {
        cluster.require(id).active = false;
    }

    /** Answers and refusals to earlier inverse offers are forgotten. */
    public void changeUnavailability(AgentId id, Optional<Unavailability> unavailability) {
        setMaintenance(cluster.require(id), unavailability);
    }

    private void setMaintenance(Agent agent, Optional<Unavailability> unavailability) {
        agent.maintenance = unavailability.map(Maintenance::new).orElse(null);
        cluster.noteMaintenance(agent);
    }

    public void changeWhitelist(Optional<List<String>> hostnames) {
        cluster.setWhitelist(hostnames.map(TreeSet::new));
    }

    /**
     * Ignored if the agent, or its maintenance, is over.
     *
     * @param refusedUntil monotonic nanoseconds, or {@link #NOT_REFUSED}
     */
    public void closeInverseOffer(InverseOfferClosed input, long refusedUntil) {
        var agent = cluster.agent(input.agent());
        if (agent == null || agent.maintenance == null) {
            return;
        }
        var maintenance = agent.maintenance;
        if (input.accepted().isPresent()) {
            maintenance.answer(input.framework(), input.accepted().get());
        } else {
            maintenance.withdraw(input.framework());
        }
        if (refusedUntil != NOT_REFUSED) {
            maintenance.refuse(input.framework(), refusedUntil);
        }
    }
}
