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

/** The end of Mesos' DeclineOffers: everybody has declined everything, and a cycle finds nothing to offer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class FilteredCycleBenchmark {
    @Param({"1000x50", "1000x200", "1000x1000", "10000x50", "10000x200", "10000x1000"})
    String agentsByFrameworks = "";

    private BenchmarkCluster cluster = new BenchmarkCluster();

    @Setup(Level.Trial)
    public void declineEverything() {
        var sizes = agentsByFrameworks.split("x");
        int frameworks = Integer.parseInt(sizes[1]);
        cluster.addFrameworks(frameworks, "*");
        cluster.addAgents(Integer.parseInt(sizes[0]), BenchmarkCluster.TOTAL, BenchmarkCluster.USED, "*", frameworks);
        do {
            cluster.giveBackAll(Optional.of(BenchmarkCluster.FOREVER));
        } while (cluster.cycle() > 0);
    }

    @Benchmark
    public int cycle() {
        return cluster.cycle();
    }
}
