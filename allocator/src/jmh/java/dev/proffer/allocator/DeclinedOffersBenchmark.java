package dev.proffer.allocator;

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

/**
 * Mesos' DeclineOffers: all offers are declined for good, then one cycle is timed, in which every agent is offered whole to a
 * framework that has not declined it yet. The first ten cycles are measured, on a cluster that is new but a JVM that is warm.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class DeclinedOffersBenchmark {
    private static final int WARM_CYCLES = 12;

    @Param({"1000", "5000", "10000", "50000"})
    int agents;

    @Param({"50", "200", "1000"})
    int frameworks;

    private BenchmarkCluster cluster = new BenchmarkCluster();

    @Setup(Level.Trial)
    public void build() {
        for (int i = 0; i < 3; i++) {
            fill();
            for (int cycle = 0; cycle < WARM_CYCLES; cycle++) {
                decline();
                cluster.cycle();
            }
        }
        fill();
        System.gc();
    }

    private void fill() {
        cluster = new BenchmarkCluster();
        cluster.addFrameworks(frameworks, "*");
        cluster.addAgents(agents, BenchmarkCluster.TOTAL, BenchmarkCluster.USED, "*", frameworks);
    }

    @Setup(Level.Invocation)
    public void decline() {
        cluster.giveBackAll(Optional.of(BenchmarkCluster.FOREVER));
    }

    @Benchmark
    public int cycle() {
        int offers = cluster.cycle();
        if (offers != agents) {
            throw new IllegalStateException("offers: " + offers);
        }
        return offers;
    }
}
