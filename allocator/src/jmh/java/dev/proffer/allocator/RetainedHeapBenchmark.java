package dev.proffer.allocator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** What is left of the heap after a collection, with every filter in force that there can be. The time means nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class RetainedHeapBenchmark {
    /** The figure. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {
        public long retainedMebibytes;
    }

    @Param({"1000x1000", "10000x200", "10000x1000"})
    String agentsByFrameworks = "";

    private BenchmarkCluster cluster = new BenchmarkCluster();

    @Setup
    public void declineEverything() {
        cluster = new BenchmarkCluster();
        cluster.fillAndDeclineEverything(agentsByFrameworks);
    }

    @Benchmark
    public BenchmarkCluster measure(Heap heap) {
        System.gc();
        var runtime = Runtime.getRuntime();
        heap.retainedMebibytes = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        return cluster;
    }
}
