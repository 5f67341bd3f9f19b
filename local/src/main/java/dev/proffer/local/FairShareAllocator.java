package dev.proffer.local;

import dev.proffer.allocator.*;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Weighted dominant-resource fairness over roles and frameworks, with refuse filters. Quota is not looked at. */
@SuppressWarnings({"NullAway", "UnusedVariable"})
public final class FairShareAllocator implements Allocator {
    private record Slot(FrameworkId framework, RolePath role, AgentId agent) {}

    private record Filter(Slot slot, Resources refused, long expires) {}

    private static final Comparator<Slot> BY_ID =
            Comparator.comparing(Slot::framework).thenComparing(Slot::role).thenComparing(Slot::agent);

    private static final class Agent {
        AllocatorInput.AgentDescription description;
        Resources total;
        boolean active = true;

        Agent(AllocatorInput.AgentDescription description, Resources total) {
            this.description = description;
            this.total = total;
        }
    }

    private static final class Framework {
        FrameworkProfile profile;
        boolean active;
        final TreeSet<RolePath> suppressed = new TreeSet<>();

        Framework(FrameworkProfile profile, boolean active) {
            this.profile = profile;
            this.active = active;
            suppressed.addAll(profile.suppressed());
        }
    }

    private final Duration interval;
    private final List<Quantities> minAllocatable;
    private final SortedMap<AgentId, Agent> agents = new TreeMap<>();
    private final SortedMap<FrameworkId, Framework> frameworks = new TreeMap<>();
    private final SortedMap<RolePath, Double> weights = new TreeMap<>();
    private final SortedMap<Slot, Resources> held = new TreeMap<>(BY_ID);
    private final SortedMap<FrameworkId, Long> offersTo = new TreeMap<>();
    private final SortedMap<RolePath, Long> offersIn = new TreeMap<>();
    private final List<Filter> filters = new ArrayList<>();
    private final TreeSet<AgentId> candidates = new TreeSet<>();
    private final TreeSet<Slot> waitForPass = new TreeSet<>(BY_ID);
    private long nextPass = Long.MIN_VALUE;
    private boolean due;

    public FairShareAllocator(Duration interval, List<Quantities> minAllocatable) {
        this.interval = interval;
        this.minAllocatable = List.copyOf(minAllocatable);
    }

    @Override
    public long nextDue() {
        return due ? Long.MIN_VALUE : nextPass;
    }

    private void mark(AgentId agent) {
        candidates.add(agent);
        due = true;
    }

    private void markAll() {
        candidates.addAll(agents.keySet());
        due = true;
    }

    @Override
    public void apply(Moment now, AllocatorInput input) {
        switch (input) {
            case AllocatorInput.AgentAdded(var id, var description, var total, var holdings, var ignored) -> {
                agents.put(id, new Agent(description, total));
                holdings.forEach(this::hold);
                mark(id);
            }
            case AllocatorInput.AgentUpdated(var id, var description, var total) -> {
                var agent = agents.get(id);
                if (agent != null) {
                    agent.description = description;
                    agent.total = total;
                    mark(id);
                }
            }
            case AllocatorInput.AgentRemoved(var id) -> {
                agents.remove(id);
                held.keySet().removeIf(slot -> slot.agent().equals(id));
                filters.removeIf(filter -> filter.slot().agent().equals(id));
            }
            case AllocatorInput.AgentActivated(var id) -> {
                var agent = agents.get(id);
                if (agent != null) {
                    agent.active = true;
                    mark(id);
                }
            }
            case AllocatorInput.AgentDeactivated(var id) -> {
                var agent = agents.get(id);
                if (agent != null) {
                    agent.active = false;
                }
            }
            case AllocatorInput.FrameworkAdded(var id, var profile, var active, var holdings) -> {
                frameworks.put(id, new Framework(profile, active));
                holdings.forEach(this::hold);
                markAll();
            }
            case AllocatorInput.FrameworkUpdated(var id, var profile) -> {
                var framework = frameworks.get(id);
                if (framework != null) {
                    framework.profile = profile;
                    framework.suppressed.clear();
                    framework.suppressed.addAll(profile.suppressed());
                    markAll();
                }
            }
            case AllocatorInput.FrameworkRemoved(var id) -> {
                frameworks.remove(id);
                held.keySet().removeIf(slot -> slot.framework().equals(id));
                filters.removeIf(filter -> filter.slot().framework().equals(id));
                markAll();
            }
            case AllocatorInput.FrameworkActivated(var id) -> {
                var framework = frameworks.get(id);
                if (framework != null) {
                    framework.active = true;
                    markAll();
                }
            }
            case AllocatorInput.FrameworkDeactivated(var id) -> {
                var framework = frameworks.get(id);
                if (framework != null) {
                    framework.active = false;
                    filters.removeIf(filter -> filter.slot().framework().equals(id));
                }
            }
            case AllocatorInput.Suppressed(var id, var roles) -> {
                var framework = frameworks.get(id);
                if (framework != null) {
                    framework.suppressed.addAll(roles.isEmpty() ? framework.profile.roles() : roles);
                }
            }
            case AllocatorInput.Revived(var id, var roles) -> {
                var framework = frameworks.get(id);
                if (framework != null) {
                    var revived = roles.isEmpty() ? framework.profile.roles() : roles;
                    framework.suppressed.removeAll(revived);
                    filters.removeIf(filter -> filter.slot().framework().equals(id)
                            && revived.contains(filter.slot().role()));
                    waitForPass.removeIf(slot -> slot.framework().equals(id));
                    markAll();
                }
            }
            case AllocatorInput.Recovered(var holding, var origin, var refusal) -> {
                release(holding);
                var slot = new Slot(holding.framework(), holding.role(), holding.agent());
                refusal.ifPresent(r -> refuse(now, slot, holding.resources(), r));
                if (origin == AllocatorInput.Origin.USED) {
                    mark(holding.agent());
                } else {
                    waitForPass.add(slot);
                }
            }
            case AllocatorInput.Committed ignored -> {}
            case AllocatorInput.Converted(var framework, var role, var agent, var consumed, var converted) -> {
                release(new Holding(framework, role, agent, consumed));
                hold(new Holding(framework, role, agent, converted));
                convertTotal(agent, consumed, converted);
            }
            case AllocatorInput.AvailableConverted(var agent, var consumed, var converted) ->
                convertTotal(agent, consumed, converted);
            case AllocatorInput.WeightChanged(var role, var weight) -> weights.put(role, weight);
            case AllocatorInput.UnavailabilityChanged ignored -> {}
            case AllocatorInput.WhitelistChanged ignored -> {}
            case AllocatorInput.InverseOfferClosed ignored -> {}
            case AllocatorInput.QuotaChanged ignored -> {}
            case AllocatorInput.OrderChanged ignored -> {}
            case AllocatorInput.Recovering ignored -> {}
        }
    }

    private void convertTotal(AgentId id, Resources consumed, Resources converted) {
        var agent = agents.get(id);
        if (agent != null) {
            agent.total = agent.total.minus(consumed).plus(converted);
        }
    }

    private void hold(Holding holding) {
        held.merge(
                new Slot(holding.framework(), holding.role(), holding.agent()), holding.resources(), Resources::plus);
    }

    private void release(Holding holding) {
        held.computeIfPresent(new Slot(holding.framework(), holding.role(), holding.agent()), (slot, resources) -> {
            var rest = resources.minus(holding.resources());
            return rest.isEmpty() ? null : rest;
        });
    }

    private void refuse(Moment now, Slot slot, Resources refused, Refusal refusal) {
        double seconds = refusal.seconds();
        if (seconds == 0 || !frameworks.containsKey(slot.framework()) || !agents.containsKey(slot.agent())) {
            return;
        }
        double bounded = Double.isNaN(seconds) || seconds < 0 ? 5 : Math.min(seconds, 31_536_000);
        var duration = Duration.ofMillis(Math.round(bounded * 1000));
        filters.add(new Filter(slot, refused, now.deadline(duration.compareTo(interval) < 0 ? interval : duration)));
    }

    @Override
    public List<Allocation> allocate(Moment now) {
        due = false;
        boolean fullPass = now.reached(nextPass);
        if (fullPass) {
            candidates.addAll(agents.keySet());
            waitForPass.clear();
            nextPass = now.deadline(interval);
        }
        var allocations = new ArrayList<Allocation>();
        for (var id : candidates) {
            var agent = agents.get(id);
            if (agent != null && agent.active) {
                offerAgent(id, agent, allocations);
            }
        }
        candidates.clear();
        if (fullPass) {
            filters.removeIf(filter -> now.reached(filter.expires()));
        }
        return allocations;
    }

    private void offerAgent(AgentId id, Agent agent, List<Allocation> allocations) {
        var available = agent.total;
        for (var entry : held.entrySet()) {
            if (entry.getKey().agent().equals(id)) {
                available = available.minus(entry.getValue());
            }
        }
        for (var role : rolesInOrder()) {
            for (var framework : frameworksInOrder(role)) {
                if (available.isEmpty()) {
                    return;
                }
                var slot = new Slot(framework, role, id);
                var offered = suited(available.allocatableTo(role), frameworks.get(framework).profile, agent);
                if (!offered.isEmpty() && isWorthwhile(offered) && !isBlocked(slot, offered)) {
                    available = available.minus(offered);
                    held.merge(slot, offered, Resources::plus);
                    offersTo.merge(framework, 1L, Long::sum);
                    offersIn.merge(role, 1L, Long::sum);
                    allocations.add(new Allocation.Offer(framework, role, id, offered));
                }
            }
        }
    }

    private static Resources suited(Resources resources, FrameworkProfile profile, Agent agent) {
        var capabilities = profile.capabilities();
        boolean gpus = !agent.total.scalar("gpus").isEmpty();
        if (gpus && !capabilities.contains(FrameworkCapability.GPU_RESOURCES)) {
            return Resources.EMPTY;
        }
        return resources.filter(resource -> (!resource.revocable()
                        || capabilities.contains(FrameworkCapability.REVOCABLE_RESOURCES))
                && (!resource.shared() || capabilities.contains(FrameworkCapability.SHARED_RESOURCES))
                && (!resource.isRefined() || capabilities.contains(FrameworkCapability.RESERVATION_REFINEMENT)));
    }

    private boolean isWorthwhile(Resources resources) {
        var scalars = resources.scalars();
        return minAllocatable.isEmpty() || minAllocatable.stream().anyMatch(scalars::contains);
    }

    private boolean isBlocked(Slot slot, Resources offered) {
        if (waitForPass.contains(slot)) {
            return true;
        }
        for (var filter : filters) {
            if (filter.slot().equals(slot) && filter.refused().contains(offered)) {
                return true;
            }
        }
        return false;
    }

    private List<RolePath> rolesInOrder() {
        var roles = new TreeSet<RolePath>();
        frameworks.values().forEach(framework -> roles.addAll(framework.profile.roles()));
        var shares = new TreeMap<RolePath, Double>();
        for (var role : roles) {
            shares.put(role, dominantShare(slot -> slot.role().equals(role)) / weights.getOrDefault(role, 1.0));
        }
        var ordered = new ArrayList<>(roles);
        ordered.sort(Comparator.<RolePath>comparingDouble(role -> shares.getOrDefault(role, 0.0))
                .thenComparingLong(role -> offersIn.getOrDefault(role, 0L))
                .thenComparing(role -> role));
        return ordered;
    }

    private List<FrameworkId> frameworksInOrder(RolePath role) {
        var ordered = new ArrayList<FrameworkId>();
        frameworks.forEach((id, framework) -> {
            if (framework.active && framework.profile.roles().contains(role) && !framework.suppressed.contains(role)) {
                ordered.add(id);
            }
        });
        ordered.sort(Comparator.<FrameworkId>comparingDouble(id -> dominantShare(
                        slot -> slot.role().equals(role) && slot.framework().equals(id)))
                .thenComparingLong(id -> offersTo.getOrDefault(id, 0L))
                .thenComparing(id -> id));
        return ordered;
    }

    private double dominantShare(java.util.function.Predicate<Slot> whose) {
        var total = new TreeMap<String, Long>();
        agents.values().forEach(agent -> agent.total.scalars().forEach((name, n) -> total.merge(name, n, Long::sum)));
        var used = new TreeMap<String, Long>();
        held.forEach((slot, resources) -> {
            if (whose.test(slot)) {
                for (Resource resource : resources) {
                    if (resource.isScalar()) {
                        used.merge(resource.name(), resource.value().thousandths(), Long::sum);
                    }
                }
            }
        });
        double share = 0;
        for (var entry : used.entrySet()) {
            long whole = total.getOrDefault(entry.getKey(), 0L);
            if (whole > 0) {
                share = Math.max(share, (double) entry.getValue() / whole);
            }
        }
        return share;
    }
}
