package dev.proffer.allocator;

import dev.proffer.model.Resources;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Mesos' AllocatorBacklog: every framework revives at once, while no agent has anything free; one run follows. */
public class RevivedBenchmark extends CycleBenchmark {
    @Param({"1000x50", "5000x200", "10000x1000"})
    String agentsByFrameworks = "";

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
