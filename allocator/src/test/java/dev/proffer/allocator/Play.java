package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.RandomDraws.Feature;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One random workload against one allocator with policies drawn from the seed, and the books that a master would keep. */
final class Play {
    static final int STEPS = 150;

    final long seed;
    final HierarchicalAllocator allocator;
    final RandomWorkload workload;
    Moment now = new Moment(0, Instant.EPOCH);

    private Play(long seed, AllocatorConfig config, Feature... features) {
        this.seed = seed;
        this.allocator = new HierarchicalAllocator(config, new SplittableRandom(seed));
        this.workload = new RandomWorkload(seed, features);
    }

    /** In the default profile, or with an odd seed as Mesos decides. */
    static Play inAnyProfile(long seed) {
        return new Play(seed, seed % 2 == 0 ? config(seed) : config(seed).withMesosExact(), Feature.values());
    }

    static Play inDefaultProfile(long seed, Feature... features) {
        return new Play(seed, config(seed), features);
    }

    private static AllocatorConfig config(long seed) {
        var random = new SplittableRandom(~seed);
        var policies = OrderPolicy.values();
        var visits = VisitOrder.values();
        return AllocatorConfig.DEFAULT
                .withOrders(policies[random.nextInt(policies.length)], policies[random.nextInt(policies.length)])
                .withVisits(visits[random.nextInt(visits.length)]);
    }

    /** Something happens, and perhaps time goes by. */
    void step() {
        for (var input : workload.next(now)) {
            allocator.apply(now, input);
        }
        pass(Duration.ofMillis(250L * workload.random.nextInt(6)));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    List<Allocation> allocate() {
        var made = allocator.allocate(now);
        workload.offered(made);
        return made;
    }

    Resources free(AgentId agent) {
        return allocator.free(agent).orElseThrow();
    }

    /** What is offered or in use. */
    List<Holding> holdings(AgentId agent) {
        return Stream.concat(workload.offers.stream().map(Scenario::holding), workload.used.stream())
                .filter(holding -> holding.agent().equals(agent))
                .toList();
    }

    /** The sum of that, with all copies of shared volumes. */
    Resources held(AgentId agent) {
        var held = Resources.EMPTY;
        for (var holding : holdings(agent)) {
            held = held.plus(holding.resources());
        }
        return held;
    }

    String at(String what) {
        return "seed " + seed + ": " + what;
    }
}
