package dev.proffer.master.core.scenario;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.Allocator;
import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.allocator.AllocatorInput;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.allocator.Unavailability;
import dev.proffer.allocator.explain.Explanation;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An allocator without fairness that is strict about its books: each agent's free resources go whole to the first framework
 * and role that may have them; whatever contradicts what was offered or used before fails the test.
 */
public final class StrictAllocator implements Allocator {
    /** What one framework holds in one role on one agent. */
    public record Holder(FrameworkId framework, RolePath role, AgentId agent) {}

    private record Question(FrameworkId framework, AgentId agent) {}

    private record Filter(Holder holder, long until) {}

    private static final class Agent {
        private Resources total;
        private boolean active = true;
        private Optional<Unavailability> unavailability;

        Agent(Resources total, Optional<Unavailability> unavailability) {
            this.total = total;
            this.unavailability = unavailability;
        }
    }

    private static final class Framework {
        private FrameworkProfile profile;
        private boolean active;
        private final TreeSet<RolePath> suppressed = new TreeSet<>();

        Framework(FrameworkProfile profile, boolean active) {
            this.profile = profile;
            this.active = active;
            suppressed.addAll(profile.suppressed());
        }
    }

    private final LinkedHashMap<AgentId, Agent> agents = new LinkedHashMap<>();
    private final LinkedHashMap<FrameworkId, Framework> frameworks = new LinkedHashMap<>();
    private final LinkedHashMap<Holder, Resources> offered = new LinkedHashMap<>();
    private final LinkedHashMap<Holder, Resources> used = new LinkedHashMap<>();
    private final LinkedHashSet<Question> asked = new LinkedHashSet<>();
    private final LinkedHashMap<Question, Long> inverseFilters = new LinkedHashMap<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<AllocatorInput.Recovering> recoveries = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private long nextDue = Long.MAX_VALUE;
    private final long interval = 1_000_000_000L;

    /** All refusals so far, in order. */
    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    public Map<Holder, Resources> offered() {
        return offered;
    }

    public Map<Holder, Resources> used() {
        return used;
    }

    public FrameworkProfile profile(FrameworkId framework) {
        return framework(framework).profile;
    }

    /** Each time that it was told to wait for agents. */
    public List<AllocatorInput.Recovering> recoveries() {
        return List.copyOf(recoveries);
    }

    public Optional<Unavailability> unavailability(AgentId agent) {
        return agent(agent).unavailability;
    }

    public boolean isActive(AgentId agent) {
        return agent(agent).active;
    }

    @Override
    public void apply(Moment now, AllocatorInput input) {
        nextDue = now.nanos();
        switch (input) {
            case AllocatorInput.AgentAdded added -> add(added);
            case AllocatorInput.AgentUpdated updated -> agent(updated.agent()).total = updated.total();
            case AllocatorInput.AgentRemoved(var id) -> {
                agent(id);
                agents.remove(id);
                offered.keySet().removeIf(holder -> holder.agent().equals(id));
                used.keySet().removeIf(holder -> holder.agent().equals(id));
                if (asked.stream().anyMatch(question -> question.agent().equals(id))) {
                    throw new IllegalArgumentException("inverse offers of agent " + id + " are outstanding");
                }
            }
            case AllocatorInput.AgentActivated(var id) -> agent(id).active = true;
            case AllocatorInput.AgentDeactivated(var id) -> agent(id).active = false;
            case AllocatorInput.FrameworkAdded added -> add(added);
            case AllocatorInput.FrameworkUpdated(var id, var profile) -> {
                framework(id).profile = profile;
                framework(id).suppressed.clear();
                framework(id).suppressed.addAll(profile.suppressed());
            }
            case AllocatorInput.FrameworkRemoved(var id) -> {
                framework(id);
                frameworks.remove(id);
                offered.keySet().removeIf(holder -> holder.framework().equals(id));
                used.keySet().removeIf(holder -> holder.framework().equals(id));
                if (asked.stream().anyMatch(question -> question.framework().equals(id))) {
                    throw new IllegalArgumentException("inverse offers to framework " + id + " are outstanding");
                }
            }
            case AllocatorInput.FrameworkActivated(var id) -> framework(id).active = true;
            case AllocatorInput.FrameworkDeactivated(var id) -> {
                framework(id).active = false;
                filters.removeIf(filter -> filter.holder.framework().equals(id));
            }
            case AllocatorInput.Suppressed(var id, var roles) ->
                framework(id)
                        .suppressed
                        .addAll(roles.isEmpty() ? framework(id).profile.roles() : roles);
            case AllocatorInput.Revived(var id, var roles) -> {
                framework(id).suppressed.removeIf(role -> roles.isEmpty() || roles.contains(role));
                filters.removeIf(filter -> filter.holder.framework().equals(id));
            }
            case AllocatorInput.Recovered recovered -> recover(now, recovered);
            case AllocatorInput.Committed(var holding) -> {
                move(offered, holding, -1);
                move(used, holding, +1);
            }
            case AllocatorInput.WeightChanged _, AllocatorInput.QuotaChanged _, AllocatorInput.OrderChanged _ -> {
                // It is not fair anyway.
            }
            case AllocatorInput.UnavailabilityChanged(var id, var unavailability) -> {
                agent(id).unavailability = unavailability;
                asked.removeIf(question -> question.agent().equals(id));
                inverseFilters.keySet().removeIf(question -> question.agent().equals(id));
            }
            case AllocatorInput.InverseOfferClosed closed -> close(now, closed);
            case AllocatorInput.Recovering recovering -> recoveries.add(recovering);
            case AllocatorInput.AvailableConverted(var id, var consumed, var converted) -> {
                if (!free(id, agent(id)).contains(consumed)) {
                    throw new IllegalArgumentException(consumed + " is not free on " + id);
                }
                agent(id).total = agent(id).total.minus(consumed).plus(converted);
            }
            case AllocatorInput.WhitelistChanged _, AllocatorInput.Converted _, AllocatorInput.AvailableConverted _ ->
                throw new IllegalArgumentException("not expected in these tests: " + input);
        }
    }

    private void close(Moment now, AllocatorInput.InverseOfferClosed closed) {
        var question = new Question(closed.framework(), closed.agent());
        if (!asked.remove(question)) {
            throw new IllegalArgumentException("no inverse offer is outstanding: " + closed);
        }
        closed.refusal()
                .ifPresent(refusal -> inverseFilters.put(question, now.nanos() + (long) (refusal.seconds() * 1e9)));
    }

    private void add(AllocatorInput.AgentAdded added) {
        if (agents.put(added.agent(), new Agent(added.total(), added.unavailability())) != null) {
            throw new IllegalArgumentException("agent added twice: " + added);
        }
        added.held().forEach(holding -> {
            framework(holding.framework());
            move(used, holding, +1);
        });
    }

    private void add(AllocatorInput.FrameworkAdded added) {
        if (frameworks.put(added.framework(), new Framework(added.profile(), added.active())) != null) {
            throw new IllegalArgumentException("framework added twice: " + added);
        }
        added.held().forEach(holding -> move(used, holding, +1));
    }

    private void recover(Moment now, AllocatorInput.Recovered recovered) {
        var holding = recovered.holding();
        switch (recovered.origin()) {
            case OFFERED -> move(offered, holding, -1);
            case USED -> move(used, holding, -1);
        }
        recovered.refusal().ifPresent(refusal -> {
            refusals.add(refusal);
            filters.add(new Filter(holder(holding), now.nanos() + (long) (refusal.seconds() * 1e9)));
        });
    }

    private void move(Map<Holder, Resources> books, Holding holding, int sign) {
        agent(holding.agent());
        framework(holding.framework());
        var held = books.getOrDefault(holder(holding), Resources.EMPTY);
        if (sign < 0 && !held.contains(holding.resources())) {
            throw new IllegalArgumentException(holding + " is more than the " + held + " held");
        }
        var after = sign < 0 ? held.minus(holding.resources()) : held.plus(holding.resources());
        if (after.isEmpty()) {
            books.remove(holder(holding));
        } else {
            books.put(holder(holding), after);
        }
    }

    @Override
    public List<Allocation> allocate(Moment now) {
        nextDue = now.nanos() + interval;
        filters.removeIf(filter -> now.reached(filter.until));
        var allocations = new ArrayList<Allocation>();
        agents.forEach((id, agent) -> {
            if (agent.active) {
                frameworks.forEach((frameworkId, framework) -> offer(id, agent, frameworkId, framework, allocations));
            }
        });
        agents.forEach((id, agent) -> agent.unavailability.ifPresent(window -> ask(now, id, window, allocations)));
        return allocations;
    }

    private void ask(Moment now, AgentId agent, Unavailability window, List<Allocation> allocations) {
        inverseFilters.values().removeIf(now::reached);
        frameworks.forEach((id, framework) -> {
            boolean holds = Stream.concat(offered.keySet().stream(), used.keySet().stream())
                    .anyMatch(holder ->
                            holder.agent().equals(agent) && holder.framework().equals(id));
            var question = new Question(id, agent);
            if (holds && framework.active && !inverseFilters.containsKey(question) && asked.add(question)) {
                allocations.add(new Allocation.InverseOffer(id, agent, window));
            }
        });
    }

    private void offer(
            AgentId id, Agent agent, FrameworkId frameworkId, Framework framework, List<Allocation> allocations) {
        for (var role : framework.profile.roles()) {
            var free = free(id, agent).allocatableTo(role);
            var holder = new Holder(frameworkId, role, id);
            boolean wanted = framework.active
                    && !framework.suppressed.contains(role)
                    && filters.stream().noneMatch(filter -> filter.holder.equals(holder));
            if (wanted && !free.isEmpty()) {
                move(offered, new Holding(frameworkId, role, id, free), +1);
                allocations.add(new Allocation.Offer(frameworkId, role, id, free));
            }
        }
    }

    private Resources free(AgentId id, Agent agent) {
        var free = agent.total;
        for (var books : List.of(offered, used)) {
            for (var entry : books.entrySet()) {
                if (entry.getKey().agent().equals(id)) {
                    free = free.minus(entry.getValue());
                }
            }
        }
        return free;
    }

    @Override
    public long nextDue() {
        return nextDue;
    }

    /** Without fairness there are no shares to tell of. */
    @Override
    public AllocatorFigures figures() {
        return new AllocatorFigures(
                0,
                Quantities.NONE,
                Quantities.NONE,
                Quantities.NONE,
                Quantities.NONE,
                Quantities.NONE,
                new TreeMap<>());
    }

    /** It offers whatever it can. */
    @Override
    public Explanation explain(Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent) {
        framework(framework);
        return new Explanation(framework, role, new TreeMap<>());
    }

    @Override
    public Optional<Resources> free(AgentId agent) {
        return Optional.ofNullable(agents.get(agent)).map(known -> free(agent, known));
    }

    private static Holder holder(Holding holding) {
        return new Holder(holding.framework(), holding.role(), holding.agent());
    }

    private Agent agent(AgentId id) {
        var agent = agents.get(id);
        if (agent == null) {
            throw new IllegalArgumentException("agent " + id + " is not known");
        }
        return agent;
    }

    private Framework framework(FrameworkId id) {
        var framework = frameworks.get(id);
        if (framework == null) {
            throw new IllegalArgumentException("framework " + id + " is not known");
        }
        return framework;
    }
}
