package dev.proffer.master.core.books;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.allocator.AllocatorInput;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.allocator.OrderPolicy;
import dev.proffer.allocator.explain.Explanation;
import dev.proffer.master.core.cluster.Agent;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.cluster.Task;
import dev.proffer.master.core.policy.DeclaredQuota;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Tells the allocator what happened, so that at any time it counts as held exactly what offers and live tasks hold. Every
 * offer that goes away and every task that ends passes through here once.
 */
public final class Books {
    private final Allocator allocator;

    public Books(Allocator allocator) {
        this.allocator = allocator;
    }

    public void added(Moment now, Framework framework) {
        allocator.apply(
                now,
                new AllocatorInput.FrameworkAdded(
                        framework.id(), FrameworkProfiles.of(framework), framework.isConnected(), List.of()));
    }

    /** Its info or its choice of roles changed as a whole. */
    public void changed(Moment now, Framework framework) {
        allocator.apply(now, new AllocatorInput.FrameworkUpdated(framework.id(), FrameworkProfiles.of(framework)));
    }

    public void activated(Moment now, Framework framework) {
        allocator.apply(now, new AllocatorInput.FrameworkActivated(framework.id()));
    }

    public void deactivated(Moment now, Framework framework) {
        allocator.apply(now, new AllocatorInput.FrameworkDeactivated(framework.id()));
    }

    /** With all that it holds. */
    public void removed(Moment now, Framework framework) {
        allocator.apply(now, new AllocatorInput.FrameworkRemoved(framework.id()));
    }

    public void suppressed(Moment now, Framework framework, List<RolePath> roles) {
        allocator.apply(now, new AllocatorInput.Suppressed(framework.id(), roles));
    }

    public void revived(Moment now, Framework framework, List<RolePath> roles) {
        allocator.apply(now, new AllocatorInput.Revived(framework.id(), roles));
    }

    /** With the tasks that it holds already. Their frameworks were added before. */
    public void added(Moment now, Agent agent) {
        var profile = agent.profile();
        allocator.apply(
                now,
                new AllocatorInput.AgentAdded(
                        agent.id(),
                        profile.description(),
                        agent.total(),
                        held(agent.tasks()),
                        agent.prospects().unavailability()));
        agent.prospects().offered(true);
    }

    /** Its description or total changed; what it holds did not. */
    public void changed(Moment now, Agent agent) {
        var profile = agent.profile();
        allocator.apply(now, new AllocatorInput.AgentUpdated(agent.id(), profile.description(), agent.total()));
    }

    public void activated(Moment now, Agent agent) {
        allocator.apply(now, new AllocatorInput.AgentActivated(agent.id()));
        agent.prospects().offered(true);
    }

    public void deactivated(Moment now, Agent agent) {
        allocator.apply(now, new AllocatorInput.AgentDeactivated(agent.id()));
        agent.prospects().offered(false);
    }

    /** When its machine will not be there changed. */
    public void unavailable(Moment now, Agent agent) {
        allocator.apply(
                now,
                new AllocatorInput.UnavailabilityChanged(
                        agent.id(), agent.prospects().unavailability()));
    }

    /** With all that is held there. */
    public void removed(Moment now, Agent agent) {
        allocator.apply(now, new AllocatorInput.AgentRemoved(agent.id()));
    }

    /**
     * An offer ended unused.
     *
     * @param refusal how long its framework does not want it; empty for no filter
     */
    public void returned(Moment now, OfferSnapshot offer, Optional<Refusal> refusal) {
        left(now, offer, offer.resources(), refusal);
    }

    /** What an accepted offer, or several of one agent and role, was not used for. */
    public void left(Moment now, OfferSnapshot offer, Resources rest, Optional<Refusal> refusal) {
        recover(now, holding(offer, rest), Origin.OFFERED, refusal);
    }

    /** What an accepted offer, or several of one agent and role, was used for. */
    public void committed(Moment now, OfferSnapshot offer, Resources used) {
        if (!used.isEmpty()) {
            allocator.apply(now, new AllocatorInput.Committed(holding(offer, used)));
        }
    }

    /** A live task ended: what it used is free. */
    public void freed(Moment now, Task task) {
        recover(now, holding(task), Origin.USED, Optional.empty());
    }

    private void recover(Moment now, Holding holding, Origin origin, Optional<Refusal> refusal) {
        if (!holding.resources().isEmpty()) {
            allocator.apply(now, new AllocatorInput.Recovered(holding, origin, refusal));
        }
    }

    // Policy

    public void weightChanged(Moment now, RolePath role, double weight) {
        allocator.apply(now, new AllocatorInput.WeightChanged(role, weight));
    }

    public void orderChanged(Moment now, RolePath role, OrderPolicy order, int priority) {
        allocator.apply(now, new AllocatorInput.OrderChanged(role, order, priority));
    }

    public void quotaChanged(Moment now, RolePath role, DeclaredQuota quota) {
        allocator.apply(now, new AllocatorInput.QuotaChanged(role, quota.guarantees(), quota.limits()));
    }

    /** An inverse offer was answered, or withdrawn. */
    public void closed(Moment now, InverseOfferSnapshot offer, Optional<Boolean> accepted, Optional<Refusal> refusal) {
        allocator.apply(
                now, new AllocatorInput.InverseOfferClosed(offer.framework(), offer.agent(), accepted, refusal));
    }

    /** Nothing is allocated until so many more agents were added, or time is up. */
    public void recovering(Moment now, int expectedAgents, Duration timeout) {
        allocator.apply(now, new AllocatorInput.Recovering(expectedAgents, timeout));
    }

    /** Free resources of the agent changed their nature. */
    public void converted(Moment now, Agent agent, Resources consumed, Resources converted) {
        allocator.apply(now, new AllocatorInput.AvailableConverted(agent.id(), consumed, converted));
    }

    /** What nobody holds on the agent; empty if it is not known. */
    public Optional<Resources> free(AgentId agent) {
        return allocator.free(agent);
    }

    /** Why the framework would not be offered the agent, or any agent, in the next full pass. Costs as much as one. */
    public Explanation explain(Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent) {
        return allocator.explain(now, framework, role, agent);
    }

    public AllocatorFigures figures() {
        return allocator.figures();
    }

    // Allocation

    /** When {@link #allocate} should be called, in monotonic nanoseconds; may lie in the past. */
    public long nextDue() {
        return allocator.nextDue();
    }

    public List<Allocation> allocate(Moment now) {
        return allocator.allocate(now);
    }

    private static Holding holding(OfferSnapshot offer, Resources resources) {
        return new Holding(offer.framework(), offer.role(), offer.agent(), resources);
    }

    private static Holding holding(Task task) {
        return new Holding(task.framework(), task.placement().role(), task.agent(), task.resources());
    }

    private static List<Holding> held(Collection<Task> tasks) {
        record Holder(FrameworkId framework, RolePath role, AgentId agent) {}
        var sums = new LinkedHashMap<Holder, Resources>();
        for (var task : tasks) {
            if (task.isLive()) {
                var holder = new Holder(task.framework(), task.placement().role(), task.agent());
                sums.merge(holder, task.resources(), Resources::plus);
            }
        }
        return sums.entrySet().stream()
                .map(entry -> new Holding(
                        entry.getKey().framework(),
                        entry.getKey().role(),
                        entry.getKey().agent(),
                        entry.getValue()))
                .toList();
    }
}
