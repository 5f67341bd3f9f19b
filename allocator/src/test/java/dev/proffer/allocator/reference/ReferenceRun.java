package dev.proffer.allocator.reference;

import dev.proffer.allocator.Allocation;
import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.FrameworkCapability;
import dev.proffer.allocator.reference.ReferenceBooks.Agent;
import dev.proffer.allocator.reference.ReferenceBooks.Quota;
import dev.proffer.allocator.run.Chance;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The two stages, step by step as they are described. */
final class ReferenceRun {
    private record Receiver(FrameworkId framework, RolePath role, Agent agent) {}

    private final AllocatorConfig config;
    private final boolean exact;
    private final ReferenceBooks books;
    private final ReferenceOrder order;
    private final Chance chance;
    private long run;
    private boolean passedOverHoarder;
    private Map<Receiver, Resources> given = new LinkedHashMap<>();

    ReferenceRun(AllocatorConfig config, ReferenceBooks books, Chance chance) {
        this.config = config;
        this.exact = config.mesosExact();
        this.books = books;
        this.order = new ReferenceOrder(books);
        this.chance = chance;
    }

    List<Allocation> over(Predicate<Agent> isCandidate) {
        run++;
        given = new LinkedHashMap<>();
        var agents = new ArrayList<Agent>();
        for (var agent : books.present()) {
            if (agent.active && isCandidate.test(agent) && isAllocatable(agent.free())) {
                agents.add(agent);
            }
        }
        if (!requiredHeadroom().isEmpty()) {
            shuffle(agents);
            agents.forEach(this::guarantees);
        }
        shuffle(agents);
        var heldBack = requiredHeadroom();
        agents.forEach(agent -> fairShares(agent, heldBack));
        var allocations = new ArrayList<Allocation>();
        given.forEach((to, resources) ->
                allocations.add(new Allocation.Offer(to.framework, to.role, to.agent.id, resources)));
        return allocations;
    }

    private void shuffle(List<Agent> agents) {
        for (int i = agents.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            agents.set(i, agents.set(other, agents.get(i)));
        }
    }

    private boolean isAllocatable(Resources resources) {
        return config.eligibility().minAllocatable().stream()
                .anyMatch(minimum -> resources.scalars().contains(minimum));
    }

    private void guarantees(Agent agent) {
        if (requiredHeadroom().isEmpty()) {
            return;
        }
        for (var role : order.roles()) {
            for (var framework : order.frameworks(role)) {
                var due = due(role);
                var visible = visible(agent, framework, role);
                if (due.isEmpty() || visible.isEmpty()) {
                    continue;
                }
                var room = room(role);
                var required = requiredHeadroom();
                var guaranteed = cut(
                        visible.filter(ReferenceBooks::isPlain),
                        name -> Math.min(due.thousandths(name), room.applyAsLong(name)));
                if (guaranteed.isEmpty()) {
                    continue;
                }
                var rest = visible.filter(ReferenceBooks::isPlain).minus(guaranteed);
                var additional = cut(
                        rest,
                        name -> Math.min(
                                less(
                                        room.applyAsLong(name),
                                        guaranteed.scalars().thousandths(name)),
                                spare(required, name)));
                var others = visible.filter(resource -> !resource.isScalar()
                        || resource.revocable()
                        || resource.reservedRole().equals(Optional.of(role)));
                offer(agent, framework, role, others.plus(guaranteed).plus(additional), true);
            }
        }
    }

    private void fairShares(Agent agent, Quantities heldBack) {
        passedOverHoarder = false;
        fairShares(agent, heldBack, exact);
        if (passedOverHoarder) {
            fairShares(agent, heldBack, true);
        }
    }

    private void fairShares(Agent agent, Quantities heldBack, boolean hoardersToo) {
        for (var role : order.roles()) {
            for (var framework : order.frameworks(role)) {
                var visible = visible(agent, framework, role);
                var room = room(role);
                var plain = cut(
                        visible.filter(ReferenceBooks::isPlain),
                        name -> Math.min(room.applyAsLong(name), spare(heldBack, name)));
                offer(
                        agent,
                        framework,
                        role,
                        visible.filter(each -> !ReferenceBooks.isPlain(each)).plus(plain),
                        hoardersToo);
            }
        }
    }

    private long spare(Quantities heldBack, String name) {
        if (heldBack.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, books.freePlain().thousandths(name) - heldBack.thousandths(name));
    }

    private static long less(long room, long taken) {
        return room == Long.MAX_VALUE ? room : Math.max(0, room - taken);
    }

    private static Resources cut(Resources resources, ToLongFunction<String> allowed) {
        var kept = new ArrayList<Resource>();
        for (var resource : resources) {
            long amount = Math.min(resource.value().thousandths(), allowed.applyAsLong(resource.name()));
            kept.add(resource.withValue(new Scalar(amount)));
        }
        return Resources.of(kept);
    }

    /** What the framework may see of the agent; nothing if that is too small, or all of it is refused. */
    private Resources visible(Agent agent, FrameworkId framework, RolePath role) {
        var free = agent.free().allocatableTo(role);
        if (!isAllocatable(free)) {
            return Resources.EMPTY;
        }
        boolean takesRevocable = Objects.requireNonNull(books.frameworks.get(framework))
                .profile
                .capabilities()
                .contains(FrameworkCapability.REVOCABLE_RESOURCES);
        return free.filter(resource -> takesRevocable || !resource.revocable());
    }

    private void offer(Agent agent, FrameworkId framework, RolePath role, Resources offer, boolean hoardersToo) {
        if (offer.isEmpty() || !isAllocatable(offer)) {
            return;
        }
        boolean refused = books.filters.stream()
                .anyMatch(filter -> filter.framework().equals(framework)
                        && filter.role().equals(role)
                        && filter.agent().equals(agent.id)
                        && filter.refused().contains(offer));
        if (refused) {
            return;
        }
        var held = agent.heldBy(framework, role);
        if (!exact && !held.offered.isEmpty() && held.offeredInRun != run) {
            agent.offerEndAwaited = true;
            return;
        }
        if (!hoardersToo && order.hoards(framework, role)) {
            passedOverHoarder = true;
            return;
        }
        held.offered = held.offered.plus(offer);
        held.offeredInRun = run;
        books.countAllocation(framework, role);
        given.merge(new Receiver(framework, role, agent), offer, Resources::plus);
    }

    // Quota

    private Quantities requiredHeadroom() {
        var sum = Quantities.NONE;
        for (var role : books.quotas.keySet()) {
            if (!role.isNested()) {
                sum = sum.plus(unsatisfied(role));
            }
        }
        return sum.plus(orphanHeadroom());
    }

    /** Guarantees of nested roles whose top-level role has no quota. */
    private Quantities orphanHeadroom() {
        var tops = new TreeSet<RolePath>();
        books.quotas.keySet().forEach(role -> tops.add(role.topLevel()));
        tops.removeAll(books.quotas.keySet());
        var sum = Quantities.NONE;
        for (var top : tops) {
            sum = sum.plus(unsatisfied(top));
        }
        return sum;
    }

    private Quantities unsatisfied(RolePath role) {
        return max(shortfall(role), childrenUnsatisfied(role));
    }

    private Quantities shortfall(RolePath role) {
        var quota = books.quotas.get(role);
        return quota == null ? Quantities.NONE : quota.guarantees().minus(books.consumed(role));
    }

    private Quantities childrenUnsatisfied(RolePath role) {
        var children = new TreeSet<RolePath>();
        for (var each : books.quotas.keySet()) {
            for (var node = Optional.of(each);
                    node.isPresent();
                    node = node.get().parent()) {
                if (node.get().parent().equals(Optional.of(role))) {
                    children.add(node.get());
                }
            }
        }
        var sum = Quantities.NONE;
        for (var child : children) {
            sum = sum.plus(unsatisfied(child));
        }
        return sum;
    }

    private static Quantities max(Quantities left, Quantities right) {
        var most = new TreeMap<>(left.asMap());
        right.forEach((name, amount) -> most.merge(name, amount, Math::max));
        return Quantities.of(most);
    }

    /** What the role may claim as guaranteed: its own, or also its ancestors' without what siblings lack. */
    private Quantities due(RolePath role) {
        return exact ? shortfall(role) : dueToBranch(role).minus(childrenUnsatisfied(role));
    }

    private Quantities dueToBranch(RolePath role) {
        var parent = role.parent();
        if (parent.isEmpty()) {
            return unsatisfied(role);
        }
        var lackedBySiblings = childrenUnsatisfied(parent.get()).minus(unsatisfied(role));
        return dueToBranch(parent.get()).minus(lackedBySiblings);
    }

    /** How much more the role may consume, by name. */
    private ToLongFunction<String> room(RolePath role) {
        var rooms = new ArrayList<ToLongFunction<String>>();
        var below = Quantities.NONE;
        for (var node = Optional.of(role); node.isPresent(); node = node.get().parent()) {
            var quota = books.quotas.get(node.get());
            if (quota != null) {
                var promised = exact
                        ? Quantities.NONE
                        : childrenUnsatisfied(node.get()).minus(below);
                rooms.add(room(quota, books.consumed(node.get()).plus(promised)));
            }
            if (exact) {
                break;
            }
            below = unsatisfied(node.get());
        }
        return name ->
                rooms.stream().mapToLong(room -> room.applyAsLong(name)).min().orElse(Long.MAX_VALUE);
    }

    private static ToLongFunction<String> room(Quota quota, Quantities taken) {
        return name -> {
            var limit = quota.limits().thousandthsByName().get(name);
            return limit == null ? Long.MAX_VALUE : Math.max(0, limit - taken.thousandths(name));
        };
    }
}
