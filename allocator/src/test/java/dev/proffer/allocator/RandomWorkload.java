package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
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
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Draws events that make sense: it remembers what there is, and what was offered and used. */
final class RandomWorkload {
    private static final List<String> ROLES = List.of("a", "a/b", "a/c", "d", "d/e/f", "*");

    final SplittableRandom random;
    final boolean nestedQuota;
    final Map<AgentId, Resources> agents = new TreeMap<>();
    final Map<AgentId, Boolean> inactive = new TreeMap<>();
    final Map<FrameworkId, FrameworkProfile> frameworks = new TreeMap<>();
    final List<Allocation.Offer> offers = new ArrayList<>();
    final List<Holding> used = new ArrayList<>();
    final Map<RolePath, AllocatorInput.QuotaChanged> quotas = new LinkedHashMap<>();
    final Map<RolePath, Double> weights = new TreeMap<>();
    private int names;

    RandomWorkload(long seed, boolean nestedQuota) {
        this.random = new SplittableRandom(seed);
        this.nestedQuota = nestedQuota;
    }

    void offered(List<Allocation> made) {
        made.forEach(each -> offers.add((Allocation.Offer) each));
    }

    /** The next event; several make one change where the master would send them together. */
    List<AllocatorInput> next() {
        int choice = random.nextInt(100);
        if (agents.isEmpty() || choice < 8) {
            return agents.size() < 8 ? List.of(addAgent()) : removeAgent();
        }
        if (frameworks.isEmpty() || choice < 16) {
            return List.of(frameworks.size() < 6 ? addFramework() : removeFramework());
        }
        if (choice < 60 && !offers.isEmpty()) {
            return answer(offers.remove(random.nextInt(offers.size())));
        }
        if (choice < 75 && !used.isEmpty()) {
            return List.of(end(used.remove(random.nextInt(used.size()))));
        }
        return List.of(choice < 86 ? frameworkEvent() : choice < 93 ? agentEvent() : policyEvent());
    }

    private AllocatorInput addAgent() {
        var id = new AgentId("agent" + names++);
        var total = total();
        agents.put(id, total);
        return new AllocatorInput.AgentAdded(
                id, Scenario.description(id.value(), ""), total, List.of(), Optional.empty());
    }

    private Resources total() {
        var total = Resources.parse("cpus:" + (1 + random.nextInt(8)) + ";mem:" + 128 * (1 + random.nextInt(8)));
        if (random.nextInt(3) == 0) {
            total = total.plus(Resources.parse("ports:[100-" + (110 + random.nextInt(10)) + "]"));
        }
        if (random.nextInt(3) == 0) {
            var role = ROLES.get(random.nextInt(ROLES.size() - 1));
            total = total.plus(Resources.parse("cpus(" + role + "):2;mem(" + role + "):64"));
        }
        if (random.nextInt(4) == 0) {
            total = total.plus(Resource.scalar("cpus", 2).asRevocable());
        }
        return total;
    }

    private List<AllocatorInput> removeAgent() {
        var id = any(agents.keySet());
        agents.remove(id);
        inactive.remove(id);
        offers.removeIf(offer -> offer.agent().equals(id));
        used.removeIf(holding -> holding.agent().equals(id));
        return List.of(new AllocatorInput.AgentRemoved(id));
    }

    private AllocatorInput addFramework() {
        var id = new FrameworkId("framework" + names++);
        var roles = new ArrayList<RolePath>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var role = new RolePath(ROLES.get(random.nextInt(ROLES.size())));
            if (!roles.contains(role)) {
                roles.add(role);
            }
        }
        var capabilities = new ArrayList<>(Scenario.MULTI_ROLE);
        if (random.nextBoolean()) {
            capabilities.add(FrameworkCapability.REVOCABLE_RESOURCES);
        }
        var profile = new FrameworkProfile(roles, List.of(), capabilities, new TreeMap<>(), Optional.empty());
        frameworks.put(id, profile);
        return new AllocatorInput.FrameworkAdded(id, profile, true, List.of());
    }

    private AllocatorInput removeFramework() {
        var id = any(frameworks.keySet());
        frameworks.remove(id);
        offers.removeIf(offer -> offer.framework().equals(id));
        used.removeIf(holding -> holding.framework().equals(id));
        return new AllocatorInput.FrameworkRemoved(id);
    }

    private List<AllocatorInput> answer(Allocation.Offer offer) {
        var refusal = random.nextInt(5) == 0
                ? Optional.<Refusal>empty()
                : Optional.of(new Refusal(List.of(0.0, 1.0, 2.5, 5.0, 60.0).get(random.nextInt(5))));
        if (random.nextInt(3) == 0) {
            return List.of(new AllocatorInput.Recovered(Scenario.holding(offer), Origin.OFFERED, refusal));
        }
        var task = part(offer.resources());
        var rest = offer.resources().minus(task);
        var inputs = new ArrayList<AllocatorInput>();
        if (!rest.isEmpty()) {
            inputs.add(new AllocatorInput.Recovered(Scenario.of(offer, rest), Origin.OFFERED, refusal));
        }
        if (!task.isEmpty()) {
            var holding = Scenario.of(offer, task);
            used.add(holding);
            inputs.add(new AllocatorInput.Committed(holding));
        }
        return inputs;
    }

    /** Some of the resources, cut in half where they are scalars. */
    private Resources part(Resources resources) {
        var part = new ArrayList<Resource>();
        for (var resource : resources) {
            if (random.nextInt(4) > 0) {
                part.add(
                        resource.isScalar() && random.nextBoolean()
                                ? resource.withValue(new Scalar(resource.value().thousandths() / 2))
                                : resource);
            }
        }
        return Resources.of(part);
    }

    private static AllocatorInput end(Holding holding) {
        return new AllocatorInput.Recovered(holding, Origin.USED, Optional.empty());
    }

    private AllocatorInput frameworkEvent() {
        var id = any(frameworks.keySet());
        return switch (random.nextInt(4)) {
            case 0 -> new AllocatorInput.Suppressed(id, List.of());
            case 1 -> new AllocatorInput.FrameworkDeactivated(id);
            case 2 -> new AllocatorInput.FrameworkActivated(id);
            default -> new AllocatorInput.Revived(id, List.of());
        };
    }

    private AllocatorInput agentEvent() {
        var id = any(agents.keySet());
        return switch (random.nextInt(3)) {
            case 0 -> {
                inactive.put(id, true);
                yield new AllocatorInput.AgentDeactivated(id);
            }
            case 1 -> {
                inactive.remove(id);
                yield new AllocatorInput.AgentActivated(id);
            }
            default -> {
                var grown = Objects.requireNonNull(agents.get(id)).plus(Resources.parse("cpus:1;mem:64"));
                agents.put(id, grown);
                yield new AllocatorInput.AgentUpdated(id, Scenario.description(id.value(), ""), grown);
            }
        };
    }

    private AllocatorInput policyEvent() {
        var role = new RolePath(ROLES.get(random.nextInt(ROLES.size())));
        if (random.nextBoolean()) {
            double weight = List.of(0.5, 1.0, 2.0, 3.0).get(random.nextInt(4));
            weights.put(role, weight);
            return new AllocatorInput.WeightChanged(role, weight);
        }
        var of = nestedQuota ? role : role.topLevel();
        var amount = "cpus:" + random.nextInt(10) + ";mem:" + 64 * random.nextInt(10);
        var guarantees = random.nextInt(3) == 0 ? Quantities.NONE : Quantities.parse(amount);
        var limits = random.nextInt(2) == 0 ? Limits.NONE : Scenario.limits(amount);
        var changed = new AllocatorInput.QuotaChanged(of, guarantees, limits);
        quotas.put(of, changed);
        return changed;
    }

    private <T> T any(Iterable<T> things) {
        var list = new ArrayList<T>();
        things.forEach(list::add);
        return list.get(random.nextInt(list.size()));
    }
}
