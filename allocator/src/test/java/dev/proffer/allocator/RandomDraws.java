package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Draws what a {@link RandomWorkload} is made of. */
final class RandomDraws {
    /** What events there are beside the common ones. */
    enum Feature {
        QUOTA,
        NESTED_QUOTA,
        ORDERS,
        /** Profiles that change, with smallest offers of their own, and agents with GPUs. */
        PROFILES,
        /** Reservations and shared volumes that are made of offers. */
        CONVERSIONS
    }

    private static final List<String> ROLES = List.of("a", "a/b", "a/c", "d", "d/e/f", "*");

    final SplittableRandom random;
    private final Set<Feature> features;

    RandomDraws(long seed, Set<Feature> features) {
        this.random = new SplittableRandom(seed);
        this.features = features;
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    <T> T any(Iterable<T> things) {
        var list = new ArrayList<T>();
        things.forEach(list::add);
        return list.get(random.nextInt(list.size()));
    }

    RolePath role() {
        return new RolePath(any(ROLES));
    }

    /** What an agent has. */
    Resources total() {
        var total = Resources.parse("cpus:" + (1 + random.nextInt(8)) + ";mem:" + 128 * (1 + random.nextInt(8)));
        if (oneIn(3)) {
            total = total.plus(Resources.parse("ports:[100-" + (110 + random.nextInt(10)) + "]"));
        }
        if (oneIn(3)) {
            var role = ROLES.get(random.nextInt(ROLES.size() - 1));
            total = total.plus(Resources.parse("cpus(" + role + "):2;mem(" + role + "):64"));
        }
        if (oneIn(4)) {
            total = total.plus(ResourceSamples.revocable("cpus", 2));
        }
        if (has(Feature.PROFILES) && oneIn(6)) {
            total = total.plus(Resources.parse("gpus:1"));
        }
        if (has(Feature.CONVERSIONS)) {
            total = total.plus(Resources.parse("disk:100"));
        }
        return total;
    }

    FrameworkProfile profile() {
        var roles = new ArrayList<RolePath>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var role = role();
            if (!roles.contains(role)) {
                roles.add(role);
            }
        }
        var capabilities = new ArrayList<>(Scenario.MULTI_ROLE);
        if (random.nextBoolean()) {
            capabilities.add(FrameworkCapability.REVOCABLE_RESOURCES);
        }
        var minimum = new TreeMap<RolePath, List<Quantities>>();
        if (has(Feature.PROFILES)) {
            if (random.nextBoolean()) {
                capabilities.add(FrameworkCapability.GPU_RESOURCES);
            }
            if (oneIn(4)) {
                var alternatives = List.of("cpus:3", "mem:300").subList(0, random.nextInt(3));
                minimum.put(
                        roles.getFirst(),
                        alternatives.stream().map(Quantities::parse).toList());
            }
        }
        if (has(Feature.CONVERSIONS) && random.nextBoolean()) {
            capabilities.add(FrameworkCapability.SHARED_RESOURCES);
        }
        return new FrameworkProfile(roles, List.of(), capabilities, minimum, Optional.empty());
    }

    /** How a decline is meant. */
    Optional<Refusal> refusal() {
        return oneIn(5) ? Optional.empty() : Optional.of(new Refusal(any(List.of(0.0, 1.0, 2.5, 5.0, 60.0))));
    }

    /** Some of the resources, cut in half where they can be cut. */
    Resources part(Resources resources) {
        var part = new ArrayList<Resource>();
        for (var resource : resources) {
            if (random.nextInt(4) > 0) {
                part.add(
                        resource.isScalar() && resource.isDivisible() && random.nextBoolean()
                                ? resource.withValue(new Scalar(resource.value().thousandths() / 2))
                                : resource);
            }
        }
        return Resources.of(part);
    }
}
