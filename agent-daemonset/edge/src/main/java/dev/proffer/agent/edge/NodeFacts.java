package dev.proffer.agent.edge;

import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import java.util.List;
import java.util.Optional;

/**
 * What an agent says of the machine that it runs on, besides what it has.
 *
 * @param hostname what frameworks are told; the agent must answer there
 * @param ip at which the machine, and tasks in its network, are reached
 * @param pool of agents of one kind that it belongs to; empty if it is of none
 * @param attributes what frameworks choose by
 * @param domain where it stands
 */
public record NodeFacts(
        String hostname, Optional<String> ip, String pool, List<Attribute> attributes, Optional<FaultDomain> domain) {
    public NodeFacts {
        attributes = List.copyOf(attributes);
    }

    /** A machine of which nothing but the name is known. */
    public static NodeFacts named(String hostname) {
        return new NodeFacts(hostname, Optional.empty(), /* pool= */ "", List.of(), Optional.empty());
    }

    /** The same machine as one of a pool's. */
    public NodeFacts in(String itsPool) {
        return new NodeFacts(hostname, ip, itsPool, attributes, domain);
    }
}
