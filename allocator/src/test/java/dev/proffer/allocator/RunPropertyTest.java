package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Recovered;
import dev.proffer.allocator.RandomDraws.Feature;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold after every step of any workload. */
class RunPropertyTest {
    @Test
    void nothingIsLostAndNothingGivenTwice() {
        Seeds.all(1000).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                play.allocate();
                play.workload.agents.forEach((agent, total) -> {
                    var free = play.free(agent);
                    assertThat(free.nonShared().plus(play.held(agent).nonShared()))
                            .as(play.at("agent " + agent))
                            .isEqualTo(total.nonShared());
                    assertThat(free.shared()).as(play.at("agent " + agent)).isEqualTo(total.shared());
                });
            }
        });
    }

    @Test
    void offersGoOnlyToThoseWhoMayHaveThem() {
        Seeds.all(1000).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                play.allocate().forEach(each -> checkReceiver(play, (Allocation.Offer) each));
            }
        });
    }

    private static void checkReceiver(Play play, Allocation.Offer offer) {
        var member = Objects.requireNonNull(play.workload.frameworks.get(offer.framework()));
        var total = Objects.requireNonNull(play.workload.agents.get(offer.agent()));
        var of = play.at(offer.toString());
        assertThat(member.wants(offer.role()))
                .as("subscribed, active and not suppressed: %s", of)
                .isTrue();
        assertThat(play.workload.inactiveAgents).as("an active agent: %s", of).doesNotContain(offer.agent());
        assertThat(offer.resources().allocatableTo(offer.role()))
                .as("reserved for no other role: %s", of)
                .isEqualTo(offer.resources());
        assertThat(understood(member.profile, offer.resources()))
                .as("understood: %s", of)
                .isEqualTo(offer.resources());
        assertThat(mayHaveAgent(member.profile, total)).as("GPUs: %s", of).isTrue();
        assertThat(isLargeEnough(member.profile, offer.role(), offer.resources()))
                .as("large enough: %s", of)
                .isTrue();
    }

    private static boolean mayHaveAgent(FrameworkProfile profile, Resources total) {
        return total.scalars().thousandths("gpus") == 0
                || profile.capabilities().contains(FrameworkCapability.GPU_RESOURCES);
    }

    private static Resources understood(FrameworkProfile profile, Resources resources) {
        boolean revocable = profile.capabilities().contains(FrameworkCapability.REVOCABLE_RESOURCES);
        boolean shared = profile.capabilities().contains(FrameworkCapability.SHARED_RESOURCES);
        boolean refined = profile.capabilities().contains(FrameworkCapability.RESERVATION_REFINEMENT);
        return resources.filter(resource -> (revocable || !resource.revocable())
                && (shared || !resource.shared())
                && (refined || !resource.isRefined()));
    }

    private static boolean isLargeEnough(FrameworkProfile profile, RolePath role, Resources resources) {
        var alternatives = profile.minAllocatable()
                .getOrDefault(role, AllocatorConfig.DEFAULT.eligibility().minAllocatable());
        Quantities amounts = resources.scalars();
        return alternatives.isEmpty()
                ? !resources.isEmpty()
                : alternatives.stream().anyMatch(amounts::contains);
    }

    @Test
    void whatWasDeclinedIsNotOfferedAgainUntilItsFilterEnds() {
        Seeds.all(1000).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                for (var each : play.allocate()) {
                    var offer = (Allocation.Offer) each;
                    assertThat(play.workload.filters.stream().filter(filter -> isInTheWay(play, filter, offer)))
                            .as(play.at("filters that refuse " + offer))
                            .isEmpty();
                }
            }
        });
    }

    private static boolean isInTheWay(Play play, RandomWorkload.Filter filter, Allocation.Offer offer) {
        var refused = filter.refused();
        return filter.expiry() > play.now.nanos()
                && refused.framework().equals(offer.framework())
                && refused.role().equals(offer.role())
                && refused.agent().equals(offer.agent())
                && refused.resources().contains(offer.resources());
    }

    @Test
    void aFrameworkHasOneOutstandingOfferOfAnAgentAndRole() {
        Seeds.all(500).forEach(seed -> {
            var play = Play.inDefaultProfile(seed, Feature.values());
            for (int step = 0; step < Play.STEPS; step++) {
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
            var one = Play.inAnyProfile(seed);
            var other = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                one.step();
                other.step();
                assertThat(one.allocate()).as(one.at("step " + step)).isEqualTo(other.allocate());
            }
        });
    }

    @Test
    void whatIsGivenBackRestoresWhatThereWas() {
        Seeds.all(300).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                var before = snapshot(play);
                for (var each : play.allocator.allocate(play.now)) {
                    play.allocator.apply(
                            play.now, new Recovered(Scenario.holding(each), Origin.OFFERED, Optional.empty()));
                }
                assertThat(snapshot(play)).as(play.at("step " + step)).isEqualTo(before);
            }
        });
    }

    private static List<Object> snapshot(Play play) {
        var figures = play.allocator.figures();
        var shares = new LinkedHashMap<RolePath, List<Object>>();
        figures.roles()
                .forEach((role, of) -> shares.put(role, List.of(of.share(), of.offeredOrConsumed(), of.consumed())));
        var free = new LinkedHashMap<AgentId, Resources>();
        play.workload.agents.keySet().forEach(agent -> free.put(agent, play.free(agent)));
        return List.of(figures.total(), figures.held(), shares, free);
    }

    /** Once the longest filter is over, two passes offer whatever anybody may have, if no quota stands in the way. */
    @Test
    void whatSomebodyMayHaveIsOfferedWithinTwoPasses() {
        Seeds.all(500).forEach(seed -> {
            var play = Play.inDefaultProfile(seed, Feature.ORDERS, Feature.PROFILES, Feature.CONVERSIONS);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                play.allocate();
                if (step % 30 == 29) {
                    play.pass(Duration.ofSeconds(61));
                    play.allocate();
                    play.pass(AllocatorConfig.DEFAULT.timing().allocationInterval());
                    play.allocate();
                    checkNothingIsLeft(play);
                }
            }
        });
    }

    private static void checkNothingIsLeft(Play play) {
        play.workload.agents.forEach((agent, total) -> play.workload.frameworks.forEach((framework, member) -> {
            for (var role : member.profile.roles()) {
                boolean may = member.wants(role)
                        && !play.workload.inactiveAgents.contains(agent)
                        && mayHaveAgent(member.profile, total)
                        && play.workload.offers.stream().noneMatch(offer -> isTo(offer, framework, role, agent));
                var visible =
                        understood(member.profile, play.free(agent).nonShared().allocatableTo(role));
                assertThat(may && isLargeEnough(member.profile, role, visible))
                        .as(play.at(framework + " in " + role + " may have " + visible + " of " + agent))
                        .isFalse();
            }
        }));
    }

    private static boolean isTo(Allocation.Offer offer, FrameworkId framework, RolePath role, AgentId agent) {
        return offer.framework().equals(framework)
                && offer.role().equals(role)
                && offer.agent().equals(agent);
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
}
