package dev.proffer.allocator;

import dev.proffer.model.Resources;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Mesos' SuppressOffers: all offers come back, part of the frameworks are suppressed, and one cycle is timed. */
public class SuppressedBenchmark extends CycleBenchmark {
    private static final Resources USED =
            BenchmarkCluster.USED.minus(Resources.parse("mem:2014")).plus(Resources.parse("mem:1024"));

    @Param({"1000", "10000"})
    int agents;

    @Param({"50", "1000"})
    int frameworks;

    @Param({"20", "60", "99", "100"})
    int percentSuppressed;

    @Setup(Level.Trial)
    public void build() {
        cluster.addFrameworks(frameworks, "*");
        cluster.addAgents(agents, BenchmarkCluster.TOTAL, USED, "*", frameworks);
        for (int i = 0; i < frameworks * percentSuppressed / 100; i++) {
            cluster.apply(new AllocatorInput.Suppressed(BenchmarkCluster.framework(i), List.of()));
        }
    }

    @Setup(Level.Invocation)
    public void giveBack() {
        cluster.giveBackAll(Optional.empty());
    }

    @Benchmark
    public int cycle() {
        return cluster.cycle();
    }
}
