package dev.proffer.allocator;

import dev.proffer.model.Resources;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Mesos' AllocatorBacklog: every framework revives at once, while no agent has anything free; one run follows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class RevivedBenchmark {
    @Param({"1000x50", "5000x200", "10000x1000"})
    String agentsByFrameworks = "";

    private BenchmarkCluster cluster = new BenchmarkCluster();
    private int frameworks;

    @Setup
    public void build() {
        var sizes = agentsByFrameworks.split("x");
        frameworks = Integer.parseInt(sizes[1]);
        cluster.addFrameworks(frameworks, "*");
        cluster.addAgents(Integer.parseInt(sizes[0]), BenchmarkCluster.TOTAL, Resources.EMPTY, "*", frameworks);
    }

    @Benchmark
    public int revive() {
        for (int i = 0; i < frameworks; i++) {
            cluster.apply(new AllocatorInput.Revived(BenchmarkCluster.framework(i), List.of()));
        }
        return cluster.settle();
    }
}
