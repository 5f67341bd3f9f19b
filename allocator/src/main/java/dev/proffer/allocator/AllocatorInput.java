package dev.proffer.allocator;

import dev.proffer.model.AgentId;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can happen to an {@link Allocator}. */
public sealed interface AllocatorInput {

    // Agents

    /** An agent (re-)registered. {@code held} says what runs on it already, also for frameworks not yet known. */
    record AgentAdded(
            AgentId agent,
            AgentDescription description,
            Resources total,
            List<Holding> held,
            Optional<Unavailability> unavailability)
            implements AllocatorInput {}

    /** A known agent's description or total changed. */
    record AgentUpdated(AgentId agent, AgentDescription description, Resources total) implements AllocatorInput {}

    /** The agent is gone or unreachable: all that was held on it is dropped; later recoveries for it are ignored. */
    record AgentRemoved(AgentId agent) implements AllocatorInput {}

    record AgentActivated(AgentId agent) implements AllocatorInput {}

    /** No more offers of this agent (disconnected, draining, deactivated). */
    record AgentDeactivated(AgentId agent) implements AllocatorInput {}

    record UnavailabilityChanged(AgentId agent, Optional<Unavailability> unavailability) implements AllocatorInput {}

    /** Only agents with these host names are offered; empty means all. */
    record WhitelistChanged(Optional<List<String>> hostnames) implements AllocatorInput {}

    // Frameworks

    /** A framework is known; {@code held} is what it uses on known agents. Inactive ones get no offers. */
    record FrameworkAdded(FrameworkId framework, FrameworkProfile profile, boolean active, List<Holding> held)
            implements AllocatorInput {}

    record FrameworkUpdated(FrameworkId framework, FrameworkProfile profile) implements AllocatorInput {}

    /** All that it holds is free. */
    record FrameworkRemoved(FrameworkId framework) implements AllocatorInput {}

    record FrameworkActivated(FrameworkId framework) implements AllocatorInput {}

    /** Disconnected: no offers, and its filters are dropped. What it holds stays held. */
    record FrameworkDeactivated(FrameworkId framework) implements AllocatorInput {}

    /** No roles means all roles of the framework. */
    record Suppressed(FrameworkId framework, List<RolePath> roles) implements AllocatorInput {}

    /** Clears filters and ends suppression. No roles means all roles of the framework. */
    record Revived(FrameworkId framework, List<RolePath> roles) implements AllocatorInput {}

    // Resources

    /**
     * What a framework held is free again. Ignored for unknown agents and frameworks.
     *
     * @param refusal how long the framework does not want it back; empty for no filter
     */
    record Recovered(Holding holding, Origin origin, Optional<Refusal> refusal) implements AllocatorInput {}

    /** What was offered is now in use by tasks or executors. */
    record Committed(Holding holding) implements AllocatorInput {}

    /**
     * What a framework holds on an agent changed its nature: reserved, unreserved, made a volume, grown …; the agent's total
     * changes with it.
     */
    record Converted(FrameworkId framework, RolePath role, AgentId agent, Resources consumed, Resources converted)
            implements AllocatorInput {}

    /** Free resources of an agent changed their nature, by an operator's hand. */
    record AvailableConverted(AgentId agent, Resources consumed, Resources converted) implements AllocatorInput {}

    /** A framework answered an inverse offer, or it was withdrawn ({@code accepted} empty). */
    record InverseOfferClosed(
            FrameworkId framework, AgentId agent, Optional<Boolean> accepted, Optional<Refusal> refusal)
            implements AllocatorInput {}

    // Policy

    record WeightChanged(RolePath role, double weight) implements AllocatorInput {}

    /** A name missing in {@code guarantees} means nothing guaranteed; one missing in {@code limits}, no limit. */
    record QuotaChanged(RolePath role, Quantities guarantees, Limits limits) implements AllocatorInput {}

    /** How the role's frameworks and children are ordered. */
    record OrderChanged(RolePath role, OrderPolicy policy, int priority) implements AllocatorInput {}

    /** After a failover with quota set: allocates nothing until so many agents were added, or time is up. */
    record Recovering(int expectedAgents, Duration timeout) implements AllocatorInput {}

    /** Why resources come back: from an offer, or from a task or executor that ended. */
    enum Origin {
        OFFERED,
        USED
    }

    /** What one framework holds in one role on one agent. */
    record Holding(FrameworkId framework, RolePath role, AgentId agent, Resources resources) {}

    /** What a framework can choose an agent by, and what the agent understands. */
    record AgentDescription(
            String hostname,
            List<Attribute> attributes,
            Optional<FaultDomain> domain,
            List<AgentCapability> capabilities) {
        public AgentDescription {
            attributes = List.copyOf(attributes);
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * How the framework refused: for so many seconds, as the wire says it. The allocator bounds it: negative and NaN mean the
     * default, absurdly long ones a year.
     */
    record Refusal(double seconds) {
        /** What a call without filters means. */
        public static final Refusal DEFAULT = new Refusal(5.0);
    }
}
