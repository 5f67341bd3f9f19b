package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.RandomDraws.Feature;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Limits bind, guarantees are held back and kept, whatever happens. */
class QuotaPropertyTest {
    @Test
    void limitsAreNeverPassedByOffersAndGuaranteesAreHeldBack() {
        Seeds.all(600).forEach(seed -> {
            var play = Play.inDefaultProfile(seed, Feature.values());
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                var before = play.allocator.figures();
                var made = play.allocate();
                var after = play.allocator.figures();
                play.workload.quotas.values().forEach(quota -> checkLimit(play, quota, before, after));
                checkHeadroom(play, before, made);
            }
        });
    }

    private static void checkLimit(
            Play play, AllocatorInput.QuotaChanged quota, AllocatorFigures before, AllocatorFigures after) {
        quota.limits().thousandthsByName().forEach((name, limit) -> {
            long was = consumed(before, quota.role(), name);
            long is = consumed(after, quota.role(), name);
            assertThat(is <= Math.max(limit, was))
                    .as(play.at("role " + quota.role() + ": " + name + " " + was + " -> " + is + " of " + limit))
                    .isTrue();
        });
    }

    private static long consumed(AllocatorFigures figures, RolePath role, String name) {
        var of = figures.roles().get(role);
        return of == null ? 0 : of.offeredOrConsumed().thousandths(name);
    }

    /** Whoever has no guarantee above it takes nothing that is missing to guarantees of others. */
    private static void checkHeadroom(Play play, AllocatorFigures before, List<Allocation> made) {
        var missing = missing(before);
        var free = Quantities.NONE;
        for (var agent : play.workload.agents.keySet()) {
            free = free.plus(plain(play.free(agent)).scalars());
        }
        var taken = Quantities.NONE;
        var covered = Quantities.NONE;
        for (var each : made) {
            var offer = (Allocation.Offer) each;
            var amount = plain(offer.resources()).scalars();
            if (isGuaranteed(before, offer.role())) {
                covered = covered.plus(amount);
            } else {
                taken = taken.plus(amount);
            }
        }
        for (var name : taken.asMap().keySet()) {
            assertThat(free.thousandths(name) + covered.thousandths(name) >= missing.thousandths(name))
                    .as(play.at(name + ": taken " + taken + ", free " + free + ", missing " + missing))
                    .isTrue();
        }
    }

    private static boolean isGuaranteed(AllocatorFigures figures, RolePath role) {
        return figures.roles().entrySet().stream()
                .anyMatch(entry -> !entry.getValue().guarantees().isEmpty()
                        && entry.getKey().topLevel().equals(role.topLevel()));
    }

    private static Quantities missing(AllocatorFigures figures) {
        var missing = Quantities.NONE;
        for (var entry : figures.roles().entrySet()) {
            if (!entry.getKey().isNested()) {
                missing = missing.plus(
                        entry.getValue().guarantees().minus(entry.getValue().offeredOrConsumed()));
            }
        }
        return missing;
    }

    private static Resources plain(Resources resources) {
        return resources.filter(resource -> resource.isScalar() && !resource.isReserved() && !resource.revocable());
    }

    /** A guarantee that the cluster can keep is kept within a pass, a part of it by a role below. */
    @Test
    void feasibleGuaranteesAreSatisfied() {
        Seeds.all(500).forEach(seed -> {
            var random = new SplittableRandom(seed);
            var cluster = new Scenario(AllocatorConfig.DEFAULT, seed);
            cluster.pause();
            var left = Quantities.NONE;
            for (int i = 0; i < 4; i++) {
                var total = Resources.parse("cpus:" + (1 + random.nextInt(8)) + ";mem:" + 64 * (1 + random.nextInt(8)));
                cluster.agent("A" + i, total);
                left = left.plus(total.scalars());
            }
            cluster.framework("greedy", "greedy");
            var guarantees = new TreeMap<String, Quantities>();
            for (int i = 0; i < 3; i++) {
                var part = Quantities.parse("cpus:" + random.nextInt(4) + ";mem:" + 32 * random.nextInt(6));
                var whole = part.plus(Quantities.parse("cpus:" + random.nextInt(3) + ";mem:" + 32 * random.nextInt(6)));
                if (left.contains(whole)) {
                    left = left.minus(whole);
                    guarantees.put("q" + i, whole);
                    guarantees.put("q" + i + "/part", part);
                }
            }
            guarantees.forEach((role, guarantee) ->
                    cluster.quota(role, guarantee.toString(), "").framework("F-" + role.replace('/', '-'), role));
            cluster.resume();
            guarantees.forEach((role, guarantee) -> assertThat(
                            cluster.figures(role).offeredOrConsumed().contains(guarantee))
                    .as("seed %d, role %s, guarantee %s", seed, role, guarantee)
                    .isTrue());
        });
    }
}
