package dev.proffer.master.core.registry;

import dev.proffer.model.AgentId;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;

/**
 * An agent as the registry has it: the slow facts that the next leader needs. What changes all the time is not among them.
 *
 * @param info as the agent described itself when it last registered, with its id
 * @param version of the agent's program
 * @param since when it came to this standing
 * @param drained whether it was drained to the end
 * @param policy what people wish of it
 */
public record RegisteredAgent(
        AgentId id,
        AgentInfo info,
        String version,
        Standing standing,
        Instant since,
        boolean drained,
        AgentPolicy policy) {
    public RegisteredAgent {
        if (!info.getId().getValue().equals(id.value())) {
            throw new IllegalArgumentException("the info of agent " + id + " is that of agent '"
                    + info.getId().getValue() + "'");
        }
    }

    public RegisteredAgent with(AgentPolicy changed) {
        return new RegisteredAgent(id, info, version, standing, since, drained, changed);
    }

    public RegisteredAgent with(Standing changed, Instant at) {
        return new RegisteredAgent(id, info, version, changed, at, drained, policy);
    }
}
