package dev.proffer.master.core.registry;

import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent as the registry has it: the slow facts that the next leader needs. What changes all the time is not among them.
 *
 * @param info as frameworks were told of it when it was last stored, with its id
 * @param pool that it belongs to; an empty name if it is of none, nothing if it did not say
 * @param version of the agent's program
 * @param since when it came to this standing
 * @param draining how far its drain is, while one is wished
 * @param policy what people wish of it
 * @param node what the cluster says of its machine
 * @param problems what keeps it from offering all that it was configured to
 */
public record RegisteredAgent(
        AgentId id,
        AgentInfo info,
        Optional<String> pool,
        String version,
        Standing standing,
        Instant since,
        Optional<Draining> draining,
        AgentPolicy policy,
        NodeState node,
        List<Problem> problems) {
    public RegisteredAgent {
        problems = List.copyOf(problems);
        if (!info.getId().getValue().equals(id.value())) {
            throw new IllegalArgumentException("the info of agent " + id + " is that of agent '"
                    + info.getId().getValue() + "'");
        }
    }

    /** Without problems. */
    public RegisteredAgent(
            AgentId id,
            AgentInfo info,
            Optional<String> pool,
            String version,
            Standing standing,
            Instant since,
            Optional<Draining> draining,
            AgentPolicy policy,
            NodeState node) {
        this(id, info, pool, version, standing, since, draining, policy, node, List.of());
    }

    /** The name of its machine. */
    public String hostname() {
        return info.getHostname();
    }

    public RegisteredAgent with(AgentPolicy changed) {
        var kept = changed.drain().isPresent() ? draining : Optional.<Draining>empty();
        return new RegisteredAgent(id, info, pool, version, standing, since, kept, changed, node, problems);
    }

    public RegisteredAgent with(NodeState changed) {
        return new RegisteredAgent(id, info, pool, version, standing, since, draining, policy, changed, problems);
    }

    public RegisteredAgent with(Standing changed, Instant at) {
        return new RegisteredAgent(id, info, pool, version, changed, at, draining, policy, node, problems);
    }
}
