package dev.proffer.allocator.stages;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Cuts down what is offered of plain resources. What cannot be cut, such as a mounted disk, is left out if it is too large.
 * Where several pieces bear one name, chance decides which are taken first.
 */
final class Chopper {
    private final ResourceNames names;
    private final RandomGenerator chance;

    Chopper(ResourceNames names, RandomGenerator chance) {
        this.names = names;
        this.chance = chance;
    }

    /** All that is not plain, and of what is plain up to {@code allowed} by index of the name. */
    Bundle chop(Bundle bundle, IntToLongFunction allowed) {
        var kept = new ArrayList<Resource>();
        var plain = new ArrayList<Resource>();
        for (var resource : bundle.resources()) {
            (Bundle.isPlain(resource) ? plain : kept).add(resource);
        }
        kept.addAll(take(plain, allowed));
        return bundle(kept);
    }

    /**
     * All that is no scalar, revocable, or reserved for exactly {@code role}; of what is plain up to {@code due}, and of what
     * that leaves up to {@code beyond}. Nothing if nothing that is due can be had.
     */
    Bundle chopForGuarantee(Bundle bundle, RolePath role, IntToLongFunction due, IntToLongFunction beyond) {
        var kept = new ArrayList<Resource>();
        var plain = new ArrayList<Resource>();
        for (var resource : bundle.resources()) {
            if (Bundle.isPlain(resource)) {
                plain.add(resource);
            } else if (!resource.isScalar()
                    || resource.revocable()
                    || resource.reservedRole().equals(Optional.of(role))) {
                kept.add(resource);
            }
        }
        var guaranteed = take(plain, due);
        if (guaranteed.isEmpty()) {
            return Bundle.EMPTY;
        }
        var left = Resources.of(plain).minus(Resources.of(guaranteed)).asList();
        kept.addAll(guaranteed);
        kept.addAll(take(left, beyond));
        return bundle(kept);
    }

    private Bundle bundle(List<Resource> resources) {
        var sum = Resources.of(resources);
        return sum.isEmpty() ? Bundle.EMPTY : new Bundle(sum, names);
    }

    private List<Resource> take(List<Resource> plain, IntToLongFunction allowed) {
        var taken = new ArrayList<Resource>();
        var left = new long[names.size()];
        for (int i = 0; i < left.length; i++) {
            left[i] = allowed.applyAsLong(i);
        }
        for (var resource : shuffledWhereItMatters(plain)) {
            int index = names.indexOf(resource.name());
            long amount = resource.value().thousandths();
            if (amount <= left[index]) {
                taken.add(resource);
                left[index] -= left[index] == Long.MAX_VALUE ? 0 : amount;
            } else if (resource.isDivisible() && left[index] > 0) {
                taken.add(resource.withValue(new Scalar(left[index])));
                left[index] = 0;
            }
        }
        return taken;
    }

    private List<Resource> shuffledWhereItMatters(List<Resource> resources) {
        boolean distinct = resources.stream().map(Resource::name).distinct().count() == resources.size();
        if (distinct) {
            return resources;
        }
        var shuffled = new ArrayList<>(resources);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            var moved = shuffled.set(i, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }
}
