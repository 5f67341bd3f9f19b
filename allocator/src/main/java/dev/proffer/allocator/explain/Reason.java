package dev.proffer.allocator.explain;

import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.List;

/** Why a framework would not be offered an agent in the next full pass, with the figures that it was decided by. */
public sealed interface Reason {

    // Of the framework, on every agent

    record FrameworkInactive() implements Reason {}

    record NotSubscribed() implements Reason {}

    record Suppressed() implements Reason {}

    /** After a failover: not enough agents have come back. */
    record Recovering() implements Reason {}

    // Of the agent, for every framework

    /** Disconnected, draining or deactivated. */
    record AgentInactive() implements Reason {}

    record AgentNotWhitelisted() implements Reason {}

    record NothingFree() implements Reason {}

    // Of the two

    /** All that is free is reserved for other roles. */
    record ReservedForOthers() implements Reason {}

    /** The framework refused as much as this, for so long from now; zero if only one pass more must go by. */
    record Refused(Duration remaining) implements Reason {}

    /** The agent does not satisfy this constraint, nor any other group of constraints. */
    record ConstraintFails(Constraint constraint) implements Reason {}

    /** What the framework could see is less than the smallest offer worth making. */
    record BelowMinimum(Resources visible) implements Reason {}

    /** Names of capabilities that the framework lacks, or that the agent does. */
    record CapabilityMissing(String capabilities) implements Reason {}

    /** It has not answered its last offer of this agent. */
    record OfferOutstanding() implements Reason {}

    /**
     * It sits on more outstanding offers than its fair part, and others take the agent.
     *
     * @param outstandingShare the dominant share of its outstanding offers, without what is reserved
     * @param fairPart the part of the cluster that its role's weights, at all levels, give it among those who want something
     */
    record TooMuchOutstanding(double outstandingShare, double fairPart) implements Reason {}

    /**
     * A quota limit leaves too little.
     *
     * @param role whose limit it is: the framework's role or one above it
     * @param limit in thousandths, as are the others
     * @param consumed by the role's subtree
     * @param promised to guarantees of other roles below {@code role}
     * @param free on the agent
     */
    record LimitReached(RolePath role, String resource, long limit, long consumed, long promised, long free)
            implements Reason {}

    /**
     * What is free is held back for guarantees.
     *
     * @param roles whose guarantees are not satisfied
     * @param missing to them, in thousandths
     * @param freeInCluster in thousandths
     */
    record HeldBack(List<RolePath> roles, String resource, long missing, long freeInCluster) implements Reason {}

    /**
     * Others come first, and take what there is.
     *
     * @param claimant the role, or the framework of the same role, through which they come first
     * @param theirShare its dominant share divided by its weight, before the pass
     * @param ownShare the same of the sibling through which the framework comes
     */
    record OthersFirst(FrameworkId framework, RolePath role, String claimant, double theirShare, double ownShare)
            implements Reason {}
}
