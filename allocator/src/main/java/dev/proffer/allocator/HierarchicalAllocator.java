package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.AgentActivated;
import dev.proffer.allocator.AllocatorInput.AgentAdded;
import dev.proffer.allocator.AllocatorInput.AgentDeactivated;
import dev.proffer.allocator.AllocatorInput.AgentRemoved;
import dev.proffer.allocator.AllocatorInput.AgentUpdated;
import dev.proffer.allocator.AllocatorInput.AvailableConverted;
import dev.proffer.allocator.AllocatorInput.Committed;
import dev.proffer.allocator.AllocatorInput.Converted;
import dev.proffer.allocator.AllocatorInput.FrameworkActivated;
import dev.proffer.allocator.AllocatorInput.FrameworkAdded;
import dev.proffer.allocator.AllocatorInput.FrameworkDeactivated;
import dev.proffer.allocator.AllocatorInput.FrameworkRemoved;
import dev.proffer.allocator.AllocatorInput.FrameworkUpdated;
import dev.proffer.allocator.AllocatorInput.InverseOfferClosed;
import dev.proffer.allocator.AllocatorInput.OrderChanged;
import dev.proffer.allocator.AllocatorInput.QuotaChanged;
import dev.proffer.allocator.AllocatorInput.Recovered;
import dev.proffer.allocator.AllocatorInput.Recovering;
import dev.proffer.allocator.AllocatorInput.Revived;
import dev.proffer.allocator.AllocatorInput.Suppressed;
import dev.proffer.allocator.AllocatorInput.UnavailabilityChanged;
import dev.proffer.allocator.AllocatorInput.WeightChanged;
import dev.proffer.allocator.AllocatorInput.WhitelistChanged;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.AgentBook;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.FigureBook;
import dev.proffer.allocator.books.FrameworkBook;
import dev.proffer.allocator.books.Ledger;
import dev.proffer.allocator.books.Maintenance;
import dev.proffer.allocator.books.PolicyBook;
import dev.proffer.allocator.books.ResourceBook;
import dev.proffer.allocator.explain.Explainer;
import dev.proffer.allocator.explain.Explanation;
import dev.proffer.allocator.explain.Fragmentation;
import dev.proffer.allocator.explain.FragmentationMeter;
import dev.proffer.allocator.filters.FilterTerms;
import dev.proffer.allocator.run.AllocationRun;
import dev.proffer.allocator.run.Candidates;
import dev.proffer.allocator.run.Chance;
import dev.proffer.allocator.run.Recovery;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Mesos' hierarchical allocator: roles in a tree, siblings by weighted dominant share, guarantees first, limits never passed.
 *
 * <p>Events go to the books and mark agents as candidates; a run visits the candidates. See {@link Allocator} for the
 * contract, {@link AllocatorConfig#mesosExact} for where it improves upon Mesos.
 */
public final class HierarchicalAllocator implements Allocator {
    private final boolean improves;
    private final Cluster cluster;
    private final FrameworkBook frameworks;
    private final AgentBook agents;
    private final ResourceBook resources;
    private final PolicyBook policy;
    private final AllocationRun run;
    private final Explainer explainer;
    private final Candidates candidates;
    private final Recovery recovery = new Recovery();
    private final FilterTerms filterTerms;

    /** @param random read once, for a seed: the same seed and the same events give the same allocations */
    public HierarchicalAllocator(AllocatorConfig config, RandomGenerator random) {
        this.improves = !config.mesosExact();
        var chance = new Chance(random.nextLong());
        this.cluster = new Cluster(config, chance);
        var ledger = new Ledger(cluster);
        this.frameworks = new FrameworkBook(cluster, ledger);
        this.agents = new AgentBook(cluster, ledger, frameworks);
        this.resources = new ResourceBook(cluster, ledger, frameworks);
        this.policy = new PolicyBook(cluster);
        this.run = new AllocationRun(cluster, ledger, chance);
        this.explainer = new Explainer(cluster, run);
        this.candidates = new Candidates(
                config.timing().allocationInterval(), config.timing().eventDelay());
        this.filterTerms = new FilterTerms(config);
    }

    @Override
    public void apply(Moment now, AllocatorInput input) {
        candidates.start(now);
        switch (input) {
            case AgentAdded added -> add(now, added);
            case AgentUpdated updated -> markIf(agents.update(updated), now, updated.agent());
            case AgentRemoved(var agent) -> removeAgent(agent);
            case AgentActivated(var agent) -> markIf(agents.activate(agent) && improves, now, agent);
            case AgentDeactivated(var agent) -> agents.deactivate(agent);
            case UnavailabilityChanged(var agent, var unavailability) -> {
                agents.changeUnavailability(agent, unavailability);
                markIf(true, now, agent);
            }
            case WhitelistChanged(var hostnames) -> agents.changeWhitelist(hostnames);
            case InverseOfferClosed closed -> agents.closeInverseOffer(closed, refusedUntil(now, closed));
            case FrameworkAdded(var framework, var profile, var active, var held) -> {
                frameworks.add(framework, profile, active, held);
                markAllIf(active, now);
            }
            case FrameworkUpdated(var framework, var profile) -> frameworks.update(framework, profile);
            case FrameworkRemoved(var framework) -> markFreed(now, frameworks.remove(framework));
            case FrameworkActivated(var framework) -> markAllIf(frameworks.activate(framework), now);
            case FrameworkDeactivated(var framework) -> frameworks.deactivate(framework);
            case Suppressed(var framework, var roles) -> frameworks.suppress(framework, roles);
            case Revived(var framework, var roles) -> {
                frameworks.revive(framework, roles);
                markAllIf(true, now);
            }
            case Recovered recovered ->
                markFreed(now, resources.recover(now, recovered).stream().toList());
            case Committed committed ->
                markFreed(now, resources.commit(committed).stream().toList());
            case Converted converted -> resources.convert(converted);
            case AvailableConverted converted -> resources.convertAvailable(converted);
            case WeightChanged(var role, var weight) -> policy.changeWeight(role, weight);
            case QuotaChanged changed -> markAllIf(policy.changeQuota(changed) && improves, now);
            case OrderChanged(var role, var order, var priority) -> policy.changeOrder(role, order, priority);
            case Recovering(var expectedAgents, var timeout) -> recovery.begin(now, expectedAgents, timeout);
        }
    }

    private void add(Moment now, AgentAdded added) {
        candidates.mark(now, agents.add(added));
        markAllIf(recovery.agentAdded(), now);
    }

    private void removeAgent(AgentId id) {
        candidates.remove(agents.remove(id));
    }

    private void markIf(boolean marked, Moment now, AgentId id) {
        if (marked) {
            cluster.find(id).ifPresent(agent -> candidates.mark(now, agent));
        }
    }

    private void markAllIf(boolean marked, Moment now) {
        if (marked) {
            candidates.markAll(now);
        }
    }

    /** In Mesos, what is freed waits for the interval. */
    private void markFreed(Moment now, List<Agent> freed) {
        if (improves) {
            freed.forEach(agent -> candidates.mark(now, agent));
        }
    }

    private long refusedUntil(Moment now, InverseOfferClosed closed) {
        double seconds = closed.refusal().map(filterTerms::bounded).orElse(0.0);
        return seconds > 0 ? filterTerms.expiry(now, seconds) : AgentBook.NOT_REFUSED;
    }

    @Override
    public List<Allocation> allocate(Moment now) {
        boolean pass = candidates.isPassDue(now);
        if (pass) {
            candidates.beginPass(now);
        }
        if (recovery.isWaiting(now) || candidates.isEmpty()) {
            candidates.clear();
            return List.of();
        }
        if (pass) {
            cluster.setPasses(cluster.passes().beginning());
            run.sweepFilters(now);
        }
        var allocations = run.overCandidates(now, candidates);
        candidates.clear();
        if (pass) {
            cluster.setPasses(cluster.passes().complete());
        }
        return allocations;
    }

    @Override
    public long nextDue() {
        return candidates.nextDue();
    }

    @Override
    public AllocatorFigures figures() {
        return new FigureBook(cluster).read(run.runs());
    }

    @Override
    public Explanation explain(Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent) {
        return explainer.explain(now, framework, role, agent, recovery.isWaiting(now));
    }

    /** How much of what is free is in too small pieces. Costs a walk over all agents. */
    public Fragmentation fragmentation() {
        return new FragmentationMeter(cluster).measure();
    }

    @Override
    public Optional<Resources> free(AgentId agent) {
        return cluster.find(agent).map(known -> known.free().resources());
    }

    /** Who accepted (true) or declined (false) the last inverse offer of the agent's present maintenance. */
    public SortedMap<FrameworkId, Boolean> inverseOfferAnswers(AgentId agent) {
        return cluster.find(agent)
                .flatMap(known -> Optional.ofNullable(known.maintenance()))
                .map(Maintenance::answers)
                .orElseGet(TreeMap::new);
    }
}
