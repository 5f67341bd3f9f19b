package dev.proffer.master.core.cluster;

import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.registry.RegisteredAgent;
import java.util.List;

/** All that the master knows. */
public record Cluster(
        Nodes nodes,
        Agents agents,
        Frameworks frameworks,
        Tasks tasks,
        Offers offers,
        InverseOffers inverseOffers,
        Counters counters) {
    public static Cluster empty(String masterId, MasterConfig config) {
        var agents = new Agents(masterId, config.maxUnreachableAgents());
        var frameworks = new Frameworks(masterId, config);
        return new Cluster(
                new Nodes(config.maxUnreachableAgents()),
                agents,
                frameworks,
                new Tasks(agents, frameworks),
                new Offers(masterId, agents, frameworks),
                new InverseOffers(agents, frameworks),
                new Counters());
    }

    /** The agent as the registry should have it. */
    public RegisteredAgent recordOf(Agent agent) {
        return agent.registered().with(nodes.of(agent.hostname()));
    }

    /** The agents that run tasks of the framework. */
    public List<Agent> agentsOf(Framework framework) {
        return framework.tasks().stream()
                .map(Task::agent)
                .distinct()
                .flatMap(id -> agents.find(id).stream())
                .toList();
    }
}
