package dev.proffer.allocator.reference;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.allocator.Limits;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known, kept in the plainest way: every sum is worked out from scratch. */
final class ReferenceBooks {
    /** What a framework holds in a role on an agent. */
    static final class Held {
        final FrameworkId framework;
        final RolePath role;
        Resources offered = Resources.EMPTY;
        Resources used = Resources.EMPTY;
        long offeredInRun = -1;

        Held(FrameworkId framework, RolePath role) {
            this.framework = framework;
            this.role = role;
        }

        Resources all() {
            return offered.plus(used);
        }
    }

    static final class Agent {
        final AgentId id;
        Resources total;
        boolean active = true;
        boolean offerEndAwaited;
        final List<Held> held = new ArrayList<>();

        Agent(AgentId id, Resources total) {
            this.id = id;
            this.total = total;
        }

        Resources free() {
            var all = Resources.EMPTY;
            for (var each : held) {
                all = all.plus(each.all());
            }
            return total.minus(all);
        }

        Held heldBy(FrameworkId framework, RolePath role) {
            for (var each : held) {
                if (each.framework.equals(framework) && each.role.equals(role)) {
                    return each;
                }
            }
            var added = new Held(framework, role);
            held.add(added);
            return added;
        }
    }

    static final class Framework {
        final FrameworkProfile profile;
        boolean active;
        final List<RolePath> suppressed = new ArrayList<>();
        int declinesInARow;
        long lastDecline = Long.MIN_VALUE;
        boolean revives;

        Framework(FrameworkProfile profile, boolean active) {
            this.profile = profile;
            this.active = active;
            suppressed.addAll(profile.suppressed());
        }
    }

    record Filter(
            FrameworkId framework, RolePath role, AgentId agent, Resources refused, long expiry, long afterPass) {}

    record Quota(Quantities guarantees, Limits limits) {}

    /** By place; a place that is left is taken by the next newcomer, the lowest first. */
    final List<@Nullable Agent> agents = new ArrayList<>();

    final Map<FrameworkId, Framework> frameworks = new TreeMap<>();
    final List<Filter> filters = new ArrayList<>();
    final Map<RolePath, Quota> quotas = new TreeMap<>();
    final Map<RolePath, Double> weights = new TreeMap<>();
    /** How often a role's subtree ({@code a}), the role itself ({@code a/.}) or a framework in it was given something. */
    final Map<String, Integer> allocations = new TreeMap<>();

    Agent add(AgentId id, Resources total) {
        var agent = new Agent(id, total);
        int place = agents.indexOf(null);
        if (place < 0) {
            agents.add(agent);
        } else {
            agents.set(place, agent);
        }
        return agent;
    }

    @Nullable
    Agent agent(AgentId id) {
        for (var agent : agents) {
            if (agent != null && agent.id.equals(id)) {
                return agent;
            }
        }
        return null;
    }

    List<Agent> present() {
        var present = new ArrayList<Agent>();
        for (var agent : agents) {
            if (agent != null) {
                present.add(agent);
            }
        }
        return present;
    }

    static boolean isWithin(RolePath role, RolePath ancestor) {
        return role.equals(ancestor) || ancestor.isAncestorOf(role);
    }

    /** The scalars that those who match hold, offered or in use. */
    Quantities held(Predicate<Held> who, Predicate<Resource> what) {
        var sum = Quantities.NONE;
        for (var agent : present()) {
            for (var each : agent.held) {
                if (who.test(each)) {
                    sum = sum.plus(each.all().filter(what).scalars());
                }
            }
        }
        return sum;
    }

    Quantities total() {
        var sum = Quantities.NONE;
        for (var agent : present()) {
            sum = sum.plus(agent.total.scalars());
        }
        return sum;
    }

    static boolean isPlain(Resource resource) {
        return resource.isScalar() && !resource.isReserved() && !resource.revocable();
    }

    /** Reservations of the subtree, held or not, and what it holds of plain resources. */
    Quantities consumed(RolePath role) {
        var sum = held(each -> isWithin(each.role, role), ReferenceBooks::isPlain);
        for (var agent : present()) {
            sum = sum.plus(agent.total
                    .filter(resource -> resource.reservedRole()
                            .filter(reserved -> isWithin(reserved, role))
                            .isPresent())
                    .scalars());
        }
        return sum;
    }

    Quantities freePlain() {
        var sum = Quantities.NONE;
        for (var agent : present()) {
            sum = sum.plus(agent.free().filter(ReferenceBooks::isPlain).scalars());
        }
        return sum;
    }

    boolean isTracked(FrameworkId id, RolePath role) {
        var framework = frameworks.get(id);
        boolean subscribed = framework != null && framework.profile.roles().contains(role);
        return subscribed
                || present().stream()
                        .flatMap(agent -> agent.held.stream())
                        .anyMatch(each -> each.framework.equals(id)
                                && each.role.equals(role)
                                && !each.all().isEmpty());
    }

    /** Who was given something counts as long as it is tracked. */
    void forgetUntracked() {
        present().forEach(agent -> agent.held.removeIf(each -> each.all().isEmpty()));
        allocations.keySet().removeIf(key -> !isTracked(key));
    }

    private boolean isTracked(String key) {
        int at = key.indexOf('@');
        if (at >= 0) {
            return isTracked(new FrameworkId(key.substring(0, at)), new RolePath(key.substring(at + 1)));
        }
        boolean own = key.endsWith("/.");
        var role = new RolePath(own ? key.substring(0, key.length() - 2) : key);
        return trackedRoles().stream().anyMatch(each -> own ? each.equals(role) : isWithin(each, role));
    }

    List<RolePath> trackedRoles() {
        var roles = new TreeSet<RolePath>();
        frameworks.values().forEach(framework -> roles.addAll(framework.profile.roles()));
        for (var agent : present()) {
            agent.held.forEach(each -> roles.add(each.role));
        }
        return List.copyOf(roles);
    }

    void countAllocation(FrameworkId framework, RolePath role) {
        allocations.merge(framework + "@" + role, 1, Integer::sum);
        allocations.merge(role + "/.", 1, Integer::sum);
        for (var each = Optional.of(role); each.isPresent(); each = each.get().parent()) {
            allocations.merge(each.get().value(), 1, Integer::sum);
        }
    }

    boolean isActive(FrameworkId id, RolePath role) {
        var framework = frameworks.get(id);
        return framework != null
                && framework.active
                && framework.profile.roles().contains(role)
                && !framework.suppressed.contains(role);
    }

    void use(Agent agent, Holding holding) {
        var held = agent.heldBy(holding.framework(), holding.role());
        held.used = held.used.plus(holding.resources());
        countAllocation(holding.framework(), holding.role());
    }
}
