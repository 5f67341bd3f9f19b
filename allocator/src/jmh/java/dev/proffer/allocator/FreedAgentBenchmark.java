package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Committed;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Recovered;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** In a full cluster, one task ends: until the allocation of what it held. Not in exact likeness to Mesos, which waits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class FreedAgentBenchmark {
    @Param({"10000"})
    int agents;

    @Param({"200", "1000"})
    int frameworks;

    private BenchmarkCluster cluster = new BenchmarkCluster();
    private int next;

    @Setup(Level.Trial)
    public void build() {
        cluster = new BenchmarkCluster(AllocatorConfig.DEFAULT);
        cluster.addFrameworks(frameworks, "*");
        cluster.addAgents(agents, BenchmarkCluster.TOTAL, BenchmarkCluster.USED, "*", frameworks);
        cluster.offers.forEach(offer -> cluster.apply(new Committed(holding(offer))));
    }

    private static Holding holding(Allocation allocation) {
        var offer = (Allocation.Offer) allocation;
        return new Holding(offer.framework(), offer.role(), offer.agent(), offer.resources());
    }

    @Benchmark
    public Allocation free() {
        int index = next++ % cluster.offers.size();
        cluster.apply(new Recovered(holding(cluster.offers.get(index)), Origin.USED, Optional.empty()));
        cluster.settle();
        var made = cluster.offers.removeLast();
        cluster.apply(new Committed(holding(made)));
        cluster.offers.set(index, made);
        return made;
    }
}
