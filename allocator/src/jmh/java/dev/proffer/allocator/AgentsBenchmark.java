package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.AgentUpdated;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
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

/** Mesos' AddAndUpdateSlave: all agents are added, then each grows by revocable CPUs, with the offers that follow. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class AgentsBenchmark {
    private static final Resources TOTAL = Resources.parse("cpus:2;mem:1024;disk:4096;ports:[31000-32000]");
    private static final Resources USED =
            Resources.parse("cpus:1;mem:128;disk:1024;ports:[31126-31510, 31512-31623, 31810-31852, 31854-31964]");
    private static final Resources GROWN =
            TOTAL.plus(Resource.scalar("cpus", 10).asRevocable());

    @Param({"1000", "5000", "10000"})
    int agents;

    @Param({"1", "50", "200", "1000"})
    int frameworks;

    private BenchmarkCluster cluster = new BenchmarkCluster();

    /** A cluster with frameworks and no agents. */
    @State(Scope.Benchmark)
    public static class Filled {
        private BenchmarkCluster cluster = new BenchmarkCluster();

        @Setup(Level.Invocation)
        public void fill(AgentsBenchmark of) {
            cluster = new BenchmarkCluster();
            cluster.addFrameworks(of.frameworks, "*", FrameworkCapability.REVOCABLE_RESOURCES);
            cluster.addAgents(of.agents, TOTAL, USED, "*", of.frameworks);
        }
    }

    @Setup(Level.Invocation)
    public void empty() {
        cluster = new BenchmarkCluster();
        cluster.addFrameworks(frameworks, "*", FrameworkCapability.REVOCABLE_RESOURCES);
    }

    @Benchmark
    public int add() {
        cluster.addAgents(agents, TOTAL, USED, "*", frameworks);
        return cluster.offers.size();
    }

    @Benchmark
    public int update(Filled filled) {
        for (int i = 0; i < agents; i++) {
            filled.cluster.apply(new AgentUpdated(BenchmarkCluster.agent(i), BenchmarkCluster.description(i), GROWN));
            if (BenchmarkCluster.isTimeToRun(i + 1, agents)) {
                filled.cluster.settle();
            }
        }
        return filled.cluster.offers.size();
    }
}
