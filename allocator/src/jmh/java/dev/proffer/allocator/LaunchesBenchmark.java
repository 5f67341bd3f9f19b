package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Committed;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Recovered;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Mesos' MultiFrameworkAllocations: 554 frameworks launch 19,500 tasks on 80 agents; a cycle is timed, tasks are packed into
 * its offers, and the rest comes back. No agent is lost between rounds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 40)
@Measurement(iterations = 80)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class LaunchesBenchmark {
    /** What a framework still wants to launch. */
    private static final class Wish {
        final Resources task;
        final int perOffer;
        int left;

        Wish(String task, int count, int perOffer) {
            this.task = Resources.parse(task);
            this.left = count;
            this.perOffer = perOffer;
        }
    }

    private BenchmarkCluster cluster = new BenchmarkCluster();
    private final Map<FrameworkId, Wish> wishes = new TreeMap<>();

    @Setup(Level.Trial)
    public void build() {
        cluster = new BenchmarkCluster();
        for (int i = 0; i < 80; i++) {
            cluster.addAgent(i, Resources.parse("cpus:64;mem:488000"), List.of());
        }
        int number = 0;
        for (int i = 0; i < 4; i++) {
            add(number++, "large-" + i, new Wish("cpus:0.07;mem:400", 4000, 100));
        }
        for (int i = 0; i < 500; i++) {
            add(number++, "small", new Wish("cpus:0.1;mem:4000", 5, 1));
        }
        for (int i = 0; i < 50; i++) {
            add(number++, "medium-" + i, new Wish("cpus:1;mem:1000", 20, 5));
        }
    }

    private void add(int number, String role, Wish wish) {
        cluster.addFramework(number, role);
        wishes.put(BenchmarkCluster.framework(number), wish);
    }

    @Setup(Level.Invocation)
    public void launch() {
        var offers = new ArrayList<>(cluster.offers);
        cluster.offers.clear();
        for (var each : offers) {
            launch((Allocation.Offer) each);
        }
    }

    private void launch(Allocation.Offer offer) {
        var wish = wishes.get(offer.framework());
        if (wish == null) {
            throw new IllegalStateException("unknown framework");
        }
        int count = Math.min(wish.left, wish.perOffer);
        while (count > 0 && !offer.resources().contains(times(wish.task, count))) {
            count--;
        }
        wish.left -= count;
        var used = times(wish.task, count);
        var rest = offer.resources().minus(used);
        if (!rest.isEmpty()) {
            cluster.apply(new Recovered(holding(offer, rest), Origin.OFFERED, Optional.empty()));
        }
        if (count > 0) {
            cluster.apply(new Committed(holding(offer, used)));
        }
    }

    private static Holding holding(Allocation.Offer offer, Resources resources) {
        return new Holding(offer.framework(), offer.role(), offer.agent(), resources);
    }

    private static Resources times(Resources task, int count) {
        var all = new ArrayList<Resource>();
        for (var resource : task) {
            all.add(resource.withValue(new Scalar(resource.value().thousandths() * count)));
        }
        return Resources.of(all);
    }

    @Benchmark
    public int cycle() {
        return cluster.cycle();
    }
}
