package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.explain.Explanation;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What must hold after every step of any workload. */
class RunPropertyTest {
    private static final int STEPS = 150;

    /** One workload against one allocator, with books of its own. */
    private static final class Play {
        final long seed;
        final HierarchicalAllocator allocator;
        final RandomWorkload workload;
        Moment now = new Moment(0, Instant.EPOCH);

        Play(long seed) {
            this.seed = seed;
            this.allocator = new HierarchicalAllocator(AllocatorConfig.DEFAULT, new SplittableRandom(seed));
            this.workload = new RandomWorkload(seed, true);
        }

        void step() {
            for (var input : workload.next()) {
                allocator.apply(now, input);
            }
            now = now.plus(Duration.ofMillis(250L * workload.random.nextInt(6)));
        }

        List<Allocation> allocate() {
            var made = allocator.allocate(now);
            workload.offered(made);
            return made;
        }

        Resources held(AgentId agent) {
            var held = Resources.EMPTY;
            for (var offer : workload.offers) {
                held = offer.agent().equals(agent) ? held.plus(offer.resources()) : held;
            }
            for (var holding : workload.used) {
                held = holding.agent().equals(agent) ? held.plus(holding.resources()) : held;
            }
            return held;
        }

        String at(String what) {
            return "seed " + seed + ": " + what;
        }
    }

    @Test
    void nothingIsLostAndNothingGivenTwice() {
        Seeds.all(1500).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                play.allocate();
                play.workload.agents.forEach((agent, total) -> {
                    var free = play.allocator.free(agent).orElseThrow();
                    assertThat(free.plus(play.held(agent)))
                            .as(play.at("agent " + agent))
                            .isEqualTo(total);
                });
            }
        });
    }

    @Test
    void limitsAreNeverPassedByOffersAndGuaranteesAreHeldBack() {
        Seeds.all(600).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
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
            free = free.plus(plain(play.allocator.free(agent).orElseThrow()).scalars());
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

    @Test
    void offersGoOnlyToThoseWhoMayHaveThem() {
        Seeds.all(1000).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                for (var each : play.allocate()) {
                    var offer = (Allocation.Offer) each;
                    var profile = Objects.requireNonNull(play.workload.frameworks.get(offer.framework()));
                    assertThat(profile.roles()).as(play.at("subscribed")).contains(offer.role());
                    assertThat(play.workload.inactive).as(play.at("active")).doesNotContainKey(offer.agent());
                    assertThat(offer.resources().allocatableTo(offer.role()))
                            .as(play.at("reserved for the role"))
                            .isEqualTo(offer.resources());
                    assertThat(profile.capabilities().contains(FrameworkCapability.REVOCABLE_RESOURCES)
                                    || offer.resources().revocable().isEmpty())
                            .as(play.at("revocable"))
                            .isTrue();
                }
            }
        });
    }

    @Test
    void aFrameworkHasOneOutstandingOfferOfAnAgentAndRole() {
        Seeds.all(1000).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                play.allocate();
                assertThat(play.workload.offers.stream()
                                .map(offer -> offer.framework() + " " + offer.role() + " " + offer.agent()))
                        .as(play.at("offers"))
                        .doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void theSameSeedAndEventsGiveTheSameAllocations() {
        Seeds.all(300).forEach(seed -> {
            var one = new Play(seed);
            var other = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                one.step();
                other.step();
                assertThat(one.allocate()).as(one.at("step " + step)).isEqualTo(other.allocate());
            }
        });
    }

    /** Also: what a pass gave and takes back leaves every figure as it was. */
    @Test
    void whatIsExplainedAwayIsNotOfferedAndWhatIsNotIs() {
        Seeds.all(250).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                if (step % 10 != 9) {
                    play.allocate();
                    continue;
                }
                play.now = play.now.plus(AllocatorConfig.DEFAULT.allocationInterval());
                var figures = play.allocator.figures();
                var explanations = explainAll(play);
                assertThat(play.allocator.figures()).as(play.at("figures")).isEqualTo(figures);
                var made = play.allocate();
                explanations.forEach(explanation -> check(play, explanation, made));
            }
        });
    }

    private static List<Explanation> explainAll(Play play) {
        var explanations = new ArrayList<Explanation>();
        play.workload.frameworks.forEach((framework, profile) -> profile.roles()
                .forEach(
                        role -> explanations.add(play.allocator.explain(play.now, framework, role, Optional.empty()))));
        return explanations;
    }

    private static void check(Play play, Explanation explanation, List<Allocation> made) {
        assertThat(explanation.reasons().keySet()).isEqualTo(play.workload.agents.keySet());
        explanation.reasons().forEach((agent, reasons) -> {
            boolean offered = made.stream()
                    .map(each -> (Allocation.Offer) each)
                    .anyMatch(offer -> offer.framework().equals(explanation.framework())
                            && offer.role().equals(explanation.role())
                            && offer.agent().equals(agent));
            assertThat(reasons.isEmpty())
                    .as(play.at(explanation.framework() + " in " + explanation.role() + " on " + agent + ": " + reasons
                            + ", made " + made))
                    .isEqualTo(offered);
        });
    }

    @Test
    void whatIsGivenBackRestoresTheShares() {
        Seeds.all(300).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                var before = shares(play.allocator);
                var made = play.allocator.allocate(play.now);
                for (var each : made) {
                    play.allocator.apply(
                            play.now,
                            new AllocatorInput.Recovered(
                                    Scenario.holding(each), AllocatorInput.Origin.OFFERED, Optional.empty()));
                }
                assertThat(shares(play.allocator)).as(play.at("step " + step)).isEqualTo(before);
            }
        });
    }

    private static Map<RolePath, List<Object>> shares(HierarchicalAllocator allocator) {
        var shares = new TreeMap<RolePath, List<Object>>();
        allocator
                .figures()
                .roles()
                .forEach((role, of) -> shares.put(role, List.of(of.share(), of.offeredOrConsumed(), of.consumed())));
        return shares;
    }

    @Test
    void runningSharesAreThoseWorkedOutFromScratch() {
        Seeds.all(400).forEach(seed -> {
            var play = new Play(seed);
            for (int step = 0; step < STEPS; step++) {
                play.step();
                play.allocate();
                play.allocator
                        .figures()
                        .roles()
                        .forEach((role, of) -> assertThat(of.share())
                                .as(play.at("role " + role))
                                .isEqualTo(share(play, role)));
            }
        });
    }

    private static double share(Play play, RolePath role) {
        var held = Quantities.NONE;
        for (var offer : play.workload.offers) {
            held = isWithin(offer.role(), role) ? held.plus(offer.resources().scalars()) : held;
        }
        for (var holding : play.workload.used) {
            held = isWithin(holding.role(), role)
                    ? held.plus(holding.resources().scalars())
                    : held;
        }
        var total = Quantities.NONE;
        for (var of : play.workload.agents.values()) {
            total = total.plus(of.scalars());
        }
        double share = 0;
        for (var entry : held.asMap().entrySet()) {
            share = Math.max(share, (double) entry.getValue() / total.thousandths(entry.getKey()));
        }
        return share / play.workload.weights.getOrDefault(role, 1.0);
    }

    private static boolean isWithin(RolePath role, RolePath ancestor) {
        return role.equals(ancestor) || ancestor.isAncestorOf(role);
    }

    /** Filters expire and shares change, so whoever waits for an agent that is always declined gets it in the end. */
    @Test
    void nobodyStarves() {
        Seeds.all(300).forEach(seed -> {
            var cluster = new Scenario(AllocatorConfig.DEFAULT, seed);
            var random = new SplittableRandom(seed);
            int frameworks = 2 + random.nextInt(6);
            for (int i = 0; i < frameworks; i++) {
                cluster.framework("F" + i, List.of("a", "a/b", "c").get(random.nextInt(3)));
            }
            cluster.agent("A1", "cpus:4;mem:4096").agent("A2", "cpus:1;mem:128");
            var served = new LinkedHashMap<FrameworkId, Integer>();
            for (int tick = 0; tick < 3 * frameworks * 6; tick++) {
                for (var offer : cluster.offers()) {
                    served.merge(offer.framework(), 1, Integer::sum);
                    cluster.decline(offer, random.nextInt(6));
                }
                cluster.tick();
            }
            assertThat(served).as("seed %d", seed).hasSize(frameworks);
        });
    }

    /** A guarantee that the cluster can keep is kept within a pass. */
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
                var guarantee = Quantities.parse("cpus:" + random.nextInt(6) + ";mem:" + 32 * random.nextInt(12));
                if (left.contains(guarantee)) {
                    left = left.minus(guarantee);
                    guarantees.put("q" + i, guarantee);
                    cluster.quota("q" + i, guarantee.toString(), "").framework("F" + i, "q" + i);
                }
            }
            cluster.resume();
            guarantees.forEach((role, guarantee) -> assertThat(
                            cluster.figures(role).offeredOrConsumed().contains(guarantee))
                    .as("seed %d, role %s, guarantee %s", seed, role, guarantee)
                    .isTrue());
        });
    }
}
