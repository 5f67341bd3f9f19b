package dev.proffer.allocator.reference;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.AllocatorInput;
import dev.proffer.allocator.AllocatorInput.AgentActivated;
import dev.proffer.allocator.AllocatorInput.AgentAdded;
import dev.proffer.allocator.AllocatorInput.AgentDeactivated;
import dev.proffer.allocator.AllocatorInput.AgentRemoved;
import dev.proffer.allocator.AllocatorInput.AgentUpdated;
import dev.proffer.allocator.AllocatorInput.Committed;
import dev.proffer.allocator.AllocatorInput.FrameworkActivated;
import dev.proffer.allocator.AllocatorInput.FrameworkAdded;
import dev.proffer.allocator.AllocatorInput.FrameworkDeactivated;
import dev.proffer.allocator.AllocatorInput.FrameworkRemoved;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.QuotaChanged;
import dev.proffer.allocator.AllocatorInput.Recovered;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.allocator.AllocatorInput.Revived;
import dev.proffer.allocator.AllocatorInput.Suppressed;
import dev.proffer.allocator.AllocatorInput.WeightChanged;
import dev.proffer.allocator.Limits;
import dev.proffer.allocator.reference.ReferenceBooks.Agent;
import dev.proffer.allocator.reference.ReferenceBooks.Filter;
import dev.proffer.allocator.reference.ReferenceBooks.Framework;
import dev.proffer.allocator.reference.ReferenceBooks.Quota;
import dev.proffer.allocator.run.Chance;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The same decisions, written down from the description of the algorithm with no regard for cost: nothing is kept that can be
 * worked out. It knows the events that change shares, quota and filters, not volumes, maintenance and constraints.
 */
public final class ReferenceAllocator {
    /** The expiry of a filter that lasts until the next full pass begins. */
    private static final long REST = Long.MIN_VALUE;

    private final AllocatorConfig config;
    private final boolean exact;
    private final ReferenceBooks books = new ReferenceBooks();
    private final ReferenceRun run;
    private final TreeSet<AgentId> candidates = new TreeSet<>();
    private boolean all;
    private boolean started;
    private long nextPass;
    private long passesBegun;

    public ReferenceAllocator(AllocatorConfig config, RandomGenerator random) {
        this.config = config;
        this.exact = config.mesosExact();
        this.run = new ReferenceRun(config, books, new Chance(random.nextLong()));
    }

    public long nextDue() {
        return candidates.isEmpty() && !all ? nextPass : Long.MIN_VALUE;
    }

    public void apply(Moment now, AllocatorInput input) {
        if (!started) {
            started = true;
            nextPass = now.deadline(config.timing().allocationInterval());
        }
        change(now, input);
        books.forgetUntracked();
    }

    private void change(Moment now, AllocatorInput input) {
        switch (input) {
            case AgentAdded added -> {
                var agent = books.add(added.agent(), added.total());
                added.held().forEach(holding -> books.use(agent, holding));
                candidates.add(added.agent());
            }
            case AgentUpdated updated -> {
                var agent = agent(updated.agent());
                if (!agent.total.equals(updated.total())) {
                    agent.total = updated.total();
                    candidates.add(updated.agent());
                }
            }
            case AgentRemoved(var id) -> {
                books.agents.set(books.agents.indexOf(agent(id)), null);
                books.filters.removeIf(filter -> filter.agent().equals(id));
                candidates.remove(id);
            }
            case AgentActivated(var id) -> {
                if (!agent(id).active && !exact) {
                    candidates.add(id);
                }
                agent(id).active = true;
            }
            case AgentDeactivated(var id) -> agent(id).active = false;
            case FrameworkAdded(var id, var profile, var active, var _) -> {
                books.frameworks.put(id, new Framework(profile, active));
                all |= active;
            }
            case FrameworkRemoved(var id) -> remove(id);
            case FrameworkActivated(var id) -> {
                all |= !framework(id).active;
                framework(id).active = true;
            }
            case FrameworkDeactivated(var id) -> {
                framework(id).active = false;
                books.filters.removeIf(filter -> filter.framework().equals(id));
            }
            case Suppressed(var id, var roles) -> framework(id).suppressed.addAll(orAll(id, roles));
            case Revived(var id, var roles) -> {
                var revived = orAll(id, roles);
                framework(id).revives = true;
                framework(id).suppressed.removeAll(revived);
                books.filters.removeIf(filter -> filter.framework().equals(id) && revived.contains(filter.role()));
                all = true;
            }
            case Recovered recovered -> recover(now, recovered);
            case Committed committed -> commit(committed);
            case WeightChanged(var role, var weight) -> books.weights.put(role, weight);
            case QuotaChanged(var role, var guarantees, var limits) -> changeQuota(role, guarantees, limits);
            default -> throw new UnsupportedOperationException("the reference does not know " + input);
        }
    }

    private Agent agent(AgentId id) {
        return Objects.requireNonNull(books.agent(id));
    }

    private Framework framework(FrameworkId id) {
        return Objects.requireNonNull(books.frameworks.get(id));
    }

    private List<RolePath> orAll(FrameworkId id, List<RolePath> roles) {
        return roles.isEmpty() ? framework(id).profile.roles() : roles;
    }

    private void remove(FrameworkId id) {
        books.frameworks.remove(id);
        books.filters.removeIf(filter -> filter.framework().equals(id));
        for (var agent : books.present()) {
            if (agent.held.removeIf(each -> each.framework.equals(id)) && !exact) {
                candidates.add(agent.id);
            }
        }
    }

    private void recover(Moment now, Recovered input) {
        var holding = input.holding();
        var agent = agent(holding.agent());
        var held = agent.heldBy(holding.framework(), holding.role());
        if (input.origin() == Origin.USED) {
            held.used = held.used.minus(holding.resources());
        } else {
            held.offered = held.offered.minus(holding.resources());
        }
        input.refusal().ifPresent(refusal -> refuse(now, input, refusal));
        if (!exact && (input.origin() == Origin.USED || endsAwaitedOffer(agent, held.offered))) {
            candidates.add(agent.id);
        }
        if (!exact && input.origin() == Origin.USED) {
            endsAwaitedOffer(agent, held.offered);
        }
    }

    private static boolean endsAwaitedOffer(Agent agent, Resources offered) {
        boolean awaited = agent.offerEndAwaited && offered.isEmpty();
        agent.offerEndAwaited &= !awaited;
        return awaited;
    }

    private void refuse(Moment now, Recovered input, Refusal refusal) {
        var holding = input.holding();
        double seconds = lengthened(now, framework(holding.framework()), refusal.seconds());
        long expiry = seconds == 0
                ? REST
                : now.nanos() + Math.max(config.timing().allocationInterval().toNanos(), Math.round(seconds * 1e9));
        if (seconds > 0 || !exact) {
            books.filters.add(new Filter(
                    holding.framework(), holding.role(), holding.agent(), holding.resources(), expiry, passesBegun));
        }
    }

    private double lengthened(Moment now, Framework framework, double seconds) {
        if (exact) {
            return seconds;
        }
        framework.declinesInARow += now.nanos() == framework.lastDecline ? 0 : 1;
        framework.lastDecline = now.nanos();
        if (!framework.revives || framework.declinesInARow < 20 || seconds >= 30) {
            return seconds;
        }
        double interval = config.timing().allocationInterval().toNanos() / 1e9;
        return Math.min(30, Math.max(seconds, interval) * Math.pow(2, framework.declinesInARow - 19));
    }

    private void commit(Committed input) {
        var holding = input.holding();
        var agent = agent(holding.agent());
        var held = agent.heldBy(holding.framework(), holding.role());
        held.offered = held.offered.minus(holding.resources());
        held.used = held.used.plus(holding.resources());
        framework(holding.framework()).declinesInARow = 0;
        if (!exact && endsAwaitedOffer(agent, held.offered)) {
            candidates.add(agent.id);
        }
    }

    private void changeQuota(RolePath role, Quantities guarantees, Limits limits) {
        var before = books.quotas.getOrDefault(role, new Quota(Quantities.NONE, Limits.NONE));
        books.quotas.put(role, new Quota(guarantees, limits));
        boolean raised = before.limits().thousandthsByName().entrySet().stream()
                .anyMatch(entry ->
                        limits.thousandthsByName().getOrDefault(entry.getKey(), Long.MAX_VALUE) > entry.getValue());
        all |= !exact && (raised || !before.guarantees().equals(guarantees));
    }

    public List<Allocation> allocate(Moment now) {
        boolean pass = now.reached(nextPass);
        long completed = passesBegun;
        if (pass) {
            nextPass = now.deadline(config.timing().allocationInterval());
            passesBegun++;
            all = true;
        }
        books.filters.removeIf(filter -> filter.expiry() == REST
                ? filter.afterPass() < passesBegun
                : filter.expiry() <= now.nanos() && filter.afterPass() < completed);
        if (!all && candidates.isEmpty()) {
            return List.of();
        }
        var allocations = run.over(agent -> all || candidates.contains(agent.id));
        books.forgetUntracked();
        all = false;
        candidates.clear();
        return allocations;
    }
}
