package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.RandomDraws.Feature;
import dev.proffer.allocator.reference.ReferenceAllocator;
import dev.proffer.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The allocator and the reference give the same allocations for the same events. {@code -Dseed=7} replays one sequence. */
class ReferencePropertyTest {
    private static final int STEPS = 120;

    @ParameterizedTest(name = "mesosExact={0}")
    @ValueSource(booleans = {true, false})
    void decisionsAreThoseOfTheReference(boolean mesosExact) {
        Seeds.all(150).forEach(seed -> compare(seed, mesosExact));
    }

    private static void compare(long seed, boolean mesosExact) {
        var config = mesosExact ? AllocatorConfig.DEFAULT.withMesosExact() : AllocatorConfig.DEFAULT;
        var allocator = new HierarchicalAllocator(config, new SplittableRandom(seed));
        var reference = new ReferenceAllocator(config, new SplittableRandom(seed));
        var workload = mesosExact
                ? new RandomWorkload(seed, Feature.QUOTA)
                : new RandomWorkload(seed, Feature.QUOTA, Feature.NESTED_QUOTA);
        var now = new Moment(0, Instant.EPOCH);
        int offers = 0;
        for (int step = 0; step < STEPS; step++) {
            for (var input : workload.next(now)) {
                allocator.apply(now, input);
                reference.apply(now, input);
            }
            if (workload.random.nextInt(3) > 0) {
                now = now.plus(Duration.ofMillis(250L * workload.random.nextInt(6)));
                List<Allocation> made = allocator.allocate(now);
                assertThat(made)
                        .as("seed %d, step %d, mesosExact %s", seed, step, mesosExact)
                        .isEqualTo(reference.allocate(now));
                workload.offered(made);
                offers += made.size();
            }
        }
        assertThat(offers).as("seed %d: offers that were compared", seed).isPositive();
    }
}
