package dev.proffer.allocator.books;

import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.allocator.eligibility.ConstraintMatcher;
import dev.proffer.allocator.eligibility.MinAllocatable;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.model.RolePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A framework in one of its roles: what an agent is offered to. Lives while the framework is subscribed to the role or holds
 * something in it.
 */
public final class Slot extends Claimant {
    private final Framework framework;
    private final RoleLeaf leaf;
    private int number;
    private int traits;
    private MinAllocatable minAllocatable;
    private @Nullable WantedAgents wantedAgents;
    private boolean ownMinimum;
    private boolean subscribed;
    private boolean suppressed;
    private boolean active;
    private int agentsHeld;

    Slot(Framework framework, RoleLeaf leaf, int number, MinAllocatable minAllocatable, long arrival) {
        super(framework.id().value());
        this.framework = framework;
        this.leaf = leaf;
        this.number = number;
        this.minAllocatable = minAllocatable;
        setArrival(arrival);
    }

    public Framework framework() {
        return framework;
    }

    public RoleLeaf leaf() {
        return leaf;
    }

    public RolePath role() {
        return leaf.role();
    }

    /** Under which agents keep its filters; another one after its filters were dropped. */
    public int number() {
        return number;
    }

    void setNumber(int number) {
        this.number = number;
    }

    /** See {@link Traits}. */
    public int traits() {
        return traits;
    }

    public boolean has(int trait) {
        return (traits & trait) == trait;
    }

    public MinAllocatable minAllocatable() {
        return minAllocatable;
    }

    /** Whether the framework set its own smallest offer for the role. */
    boolean hasOwnMinimum() {
        return ownMinimum;
    }

    /** Whether the agent satisfies the framework's offer constraints for the role. */
    public boolean wants(Agent agent) {
        return wantedAgents == null || wantedAgents.contains(agent);
    }

    /** A constraint that the agent does not satisfy, if there is any. */
    public Optional<Constraint> failedConstraint(Agent agent) {
        return wantedAgents == null
                ? Optional.empty()
                : wantedAgents.constraints().firstFailure(agent.description());
    }

    void setTerms(int newTraits, MinAllocatable minimum, boolean own, @Nullable ConstraintMatcher matcher) {
        traits = newTraits;
        minAllocatable = minimum;
        ownMinimum = own;
        wantedAgents = matcher == null ? null : new WantedAgents(matcher);
    }

    public boolean isSubscribed() {
        return subscribed;
    }

    void setSubscribed(boolean subscribed) {
        this.subscribed = subscribed;
    }

    public boolean isSuppressed() {
        return suppressed;
    }

    void setSuppressed(boolean suppressed) {
        this.suppressed = suppressed;
    }

    /** Whether it is offered anything at all: subscribed, not suppressed, its framework active. */
    public boolean isActive() {
        return active;
    }

    void setActive(boolean active) {
        this.active = active;
    }

    @Override
    public boolean wants() {
        return active;
    }

    /** On how many agents it holds something. */
    int agentsHeld() {
        return agentsHeld;
    }

    void heldOnOneMore() {
        agentsHeld++;
    }

    void heldOnOneLess() {
        agentsHeld--;
    }
}
