package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.allocator.RandomDraws.Feature;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Reservation.Kind;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws events that make sense: it remembers what there is, and what was offered, used and refused. */
final class RandomWorkload {
    /** What the master would know of a framework. */
    static final class Member {
        FrameworkProfile profile;
        boolean active = true;
        final Set<RolePath> suppressed = new TreeSet<>();

        Member(FrameworkProfile profile) {
            this.profile = profile;
        }

        boolean wants(RolePath role) {
            return active && profile.roles().contains(role) && !suppressed.contains(role);
        }
    }

    /** A filter that must be in force until {@code expiry}, in nanoseconds. */
    record Filter(Holding refused, long expiry) {}

    final SplittableRandom random;
    private final RandomDraws draws;
    final Map<AgentId, Resources> agents = new TreeMap<>();
    final Set<AgentId> inactiveAgents = new TreeSet<>();
    final Map<FrameworkId, Member> frameworks = new TreeMap<>();
    final List<Allocation.Offer> offers = new ArrayList<>();
    final List<Holding> used = new ArrayList<>();
    final List<Filter> filters = new ArrayList<>();
    final Map<RolePath, AllocatorInput.QuotaChanged> quotas = new LinkedHashMap<>();
    final Map<RolePath, Double> weights = new TreeMap<>();
    private int names;

    RandomWorkload(long seed, Feature... features) {
        this.draws = new RandomDraws(seed, new TreeSet<>(Arrays.asList(features)));
        this.random = draws.random;
    }

    void offered(List<Allocation> made) {
        made.forEach(each -> offers.add((Allocation.Offer) each));
    }

    /** The next event; several make one change where the master would send them together. */
    List<AllocatorInput> next(Moment now) {
        int choice = random.nextInt(100);
        if (agents.isEmpty() || choice < 8) {
            return agents.size() < 8 ? List.of(addAgent()) : removeAgent();
        }
        if (frameworks.isEmpty() || choice < 16) {
            return List.of(frameworks.size() < 6 ? addFramework() : removeFramework());
        }
        if (choice < 60 && !offers.isEmpty()) {
            int index = random.nextInt(offers.size());
            return draws.has(Feature.CONVERSIONS) && draws.oneIn(4)
                    ? convert(index)
                    : answer(now, offers.remove(index));
        }
        if (choice < 75 && !used.isEmpty()) {
            return List.of(end(used.remove(random.nextInt(used.size()))));
        }
        if (choice < 86) {
            return frameworkEvent();
        }
        return List.of(choice < 93 ? agentEvent() : policyEvent());
    }

    // Agents

    private AllocatorInput addAgent() {
        var id = new AgentId("agent" + names++);
        var total = draws.total();
        agents.put(id, total);
        var held = draws.oneIn(3) ? List.of(task(id)) : List.<Holding>of();
        used.addAll(held);
        return new AllocatorInput.AgentAdded(id, Scenario.description(id.value(), ""), total, held, Optional.empty());
    }

    /** Something that runs on a newcomer, of a framework that may not be known. */
    private Holding task(AgentId agent) {
        boolean known = !frameworks.isEmpty() && random.nextBoolean();
        var framework = known ? draws.any(frameworks.keySet()) : new FrameworkId("framework" + names++);
        var role = draws.role();
        return new Holding(framework, role, agent, Resources.parse("cpus:1;mem:64"));
    }

    private List<AllocatorInput> removeAgent() {
        var id = draws.any(agents.keySet());
        agents.remove(id);
        inactiveAgents.remove(id);
        offers.removeIf(offer -> offer.agent().equals(id));
        used.removeIf(holding -> holding.agent().equals(id));
        filters.removeIf(filter -> filter.refused.agent().equals(id));
        return List.of(new AllocatorInput.AgentRemoved(id));
    }

    private AllocatorInput agentEvent() {
        var id = draws.any(agents.keySet());
        return switch (random.nextInt(3)) {
            case 0 -> {
                inactiveAgents.add(id);
                yield new AllocatorInput.AgentDeactivated(id);
            }
            case 1 -> {
                inactiveAgents.remove(id);
                yield new AllocatorInput.AgentActivated(id);
            }
            default -> {
                var grown = Objects.requireNonNull(agents.get(id)).plus(Resources.parse("cpus:1;mem:64"));
                agents.put(id, grown);
                yield new AllocatorInput.AgentUpdated(id, Scenario.description(id.value(), ""), grown);
            }
        };
    }

    // Frameworks

    private AllocatorInput addFramework() {
        var id = newcomer();
        var profile = draws.profile();
        var held =
                used.stream().filter(holding -> holding.framework().equals(id)).toList();
        frameworks.put(id, new Member(profile));
        return new AllocatorInput.FrameworkAdded(id, profile, true, held);
    }

    /** Somebody new, or one of whom only agents have told. */
    private FrameworkId newcomer() {
        return used.stream()
                .map(Holding::framework)
                .filter(id -> !frameworks.containsKey(id))
                .findFirst()
                .filter(_ -> random.nextBoolean())
                .orElseGet(() -> new FrameworkId("framework" + names++));
    }

    private AllocatorInput removeFramework() {
        var id = draws.any(frameworks.keySet());
        frameworks.remove(id);
        offers.removeIf(offer -> offer.framework().equals(id));
        used.removeIf(holding -> holding.framework().equals(id));
        dropFilters(id, Set.of());
        return new AllocatorInput.FrameworkRemoved(id);
    }

    private List<AllocatorInput> frameworkEvent() {
        var id = draws.any(frameworks.keySet());
        var member = Objects.requireNonNull(frameworks.get(id));
        var roles = random.nextBoolean() ? List.<RolePath>of() : List.of(draws.any(member.profile.roles()));
        var affected = roles.isEmpty() ? member.profile.roles() : roles;
        return switch (random.nextInt(draws.has(Feature.PROFILES) ? 6 : 4)) {
            case 0 -> {
                member.suppressed.addAll(affected);
                yield List.of(new AllocatorInput.Suppressed(id, roles));
            }
            case 1 -> {
                member.active = false;
                dropFilters(id, Set.of());
                yield List.of(new AllocatorInput.FrameworkDeactivated(id));
            }
            case 2 -> {
                member.active = true;
                yield List.of(new AllocatorInput.FrameworkActivated(id));
            }
            case 3 -> {
                affected.forEach(member.suppressed::remove);
                dropFilters(id, Set.copyOf(affected));
                yield List.of(new AllocatorInput.Revived(id, roles));
            }
            default -> update(id, member);
        };
    }

    /** Offers in roles that it leaves are rescinded. */
    private List<AllocatorInput> update(FrameworkId id, Member member) {
        var left = new TreeSet<>(member.profile.roles());
        member.profile = draws.profile();
        left.removeAll(member.profile.roles());
        left.addAll(member.suppressed);
        member.suppressed.clear();
        left.forEach(role -> dropFilters(id, Set.of(role)));
        var inputs = new ArrayList<AllocatorInput>();
        inputs.add(new AllocatorInput.FrameworkUpdated(id, member.profile));
        offers.removeIf(offer -> {
            boolean rescinded =
                    offer.framework().equals(id) && !member.profile.roles().contains(offer.role());
            if (rescinded) {
                inputs.add(new AllocatorInput.Recovered(Scenario.holding(offer), Origin.OFFERED, Optional.empty()));
            }
            return rescinded;
        });
        return inputs;
    }

    /** No roles means all. */
    private void dropFilters(FrameworkId framework, Set<RolePath> roles) {
        filters.removeIf(filter -> filter.refused.framework().equals(framework)
                && (roles.isEmpty() || roles.contains(filter.refused.role())));
    }

    // Resources

    private List<AllocatorInput> answer(Moment now, Allocation.Offer offer) {
        var refusal = draws.refusal();
        if (draws.oneIn(3)) {
            return List.of(refuse(now, Scenario.holding(offer), refusal));
        }
        var task = draws.part(offer.resources());
        var rest = offer.resources().minus(task);
        var inputs = new ArrayList<AllocatorInput>();
        if (!rest.isEmpty()) {
            inputs.add(refuse(now, Scenario.of(offer, rest), refusal));
        }
        if (!task.isEmpty()) {
            var holding = Scenario.of(offer, task);
            used.add(holding);
            inputs.add(new AllocatorInput.Committed(holding));
        }
        return inputs;
    }

    private AllocatorInput refuse(Moment now, Holding holding, Optional<Refusal> refusal) {
        double seconds = refusal.map(Refusal::seconds).orElse(0.0);
        if (seconds > 0) {
            filters.add(new Filter(holding, now.nanos() + Math.round(seconds * 1e9)));
        }
        return new AllocatorInput.Recovered(holding, Origin.OFFERED, refusal);
    }

    private static AllocatorInput end(Holding holding) {
        return new AllocatorInput.Recovered(holding, Origin.USED, Optional.empty());
    }

    /** Reserves what is not reserved, or makes a shared volume of some disk. */
    private List<AllocatorInput> convert(int index) {
        var offer = offers.get(index);
        var role = offer.role();
        var plain = offer.resources()
                .filter(resource -> resource.isScalar() && !resource.isReserved() && !resource.revocable());
        var disk = Resources.parse("disk:5");
        if (role.equals(RolePath.STAR) || plain.isEmpty()) {
            return List.of();
        }
        if (random.nextBoolean() || !plain.contains(disk)) {
            return List.of(convert(index, plain, ResourceSamples.reserved(Kind.DYNAMIC, role.value(), plain)));
        }
        var volume = ResourceSamples.volume(Kind.DYNAMIC, role.value(), "v" + names++, 5)
                .asShared();
        return List.of(convert(index, disk, Resources.of(volume)));
    }

    private AllocatorInput convert(int index, Resources consumed, Resources converted) {
        var offer = offers.get(index);
        var total = Objects.requireNonNull(agents.get(offer.agent()));
        agents.put(offer.agent(), total.minus(consumed).plus(converted));
        offers.set(
                index,
                new Allocation.Offer(
                        offer.framework(),
                        offer.role(),
                        offer.agent(),
                        offer.resources().minus(consumed).plus(converted)));
        return new AllocatorInput.Converted(offer.framework(), offer.role(), offer.agent(), consumed, converted);
    }

    // Policy

    private AllocatorInput policyEvent() {
        var role = draws.role();
        int choice = random.nextInt(3);
        if (choice == 0 && draws.has(Feature.QUOTA)) {
            return changeQuota(draws.has(Feature.NESTED_QUOTA) ? role : role.topLevel());
        }
        if (choice == 1 && draws.has(Feature.ORDERS)) {
            var policies = OrderPolicy.values();
            return new AllocatorInput.OrderChanged(role, policies[random.nextInt(policies.length)], random.nextInt(3));
        }
        double weight = List.of(0.5, 1.0, 2.0, 3.0).get(random.nextInt(4));
        weights.put(role, weight);
        return new AllocatorInput.WeightChanged(role, weight);
    }

    private AllocatorInput changeQuota(RolePath role) {
        var amount = "cpus:" + random.nextInt(10) + ";mem:" + 64 * random.nextInt(10);
        var guarantees = draws.oneIn(3) ? Quantities.NONE : Quantities.parse(amount);
        var limits = draws.oneIn(2) ? Limits.NONE : Scenario.limits(amount);
        var changed = new AllocatorInput.QuotaChanged(role, guarantees, limits);
        quotas.put(role, changed);
        return changed;
    }
}
