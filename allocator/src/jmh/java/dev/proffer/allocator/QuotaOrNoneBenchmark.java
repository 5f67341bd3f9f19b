package dev.proffer.allocator;

import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Mesos' NonQuotaVsQuota: two agents and two frameworks for each role, whose quota, if any, is its two agents. */
public class QuotaOrNoneBenchmark extends CycleBenchmark {
    private static final Resources AGENT = Resources.parse("cpus:2;mem:2048;disk:2048");

    @Param({"10", "100", "1000"})
    int roles;

    @Param({"false", "true"})
    boolean quota;

    @Setup(Level.Invocation)
    public void build() {
        cluster = new BenchmarkCluster();
        for (int i = 0; i < 2 * roles; i++) {
            cluster.addAgent(i, AGENT, List.of());
            cluster.addFramework(i, "role-" + (10_000 + i / 2));
        }
        var both = Quantities.parse("cpus:4;mem:4096;disk:4096");
        for (int i = 0; quota && i < roles; i++) {
            cluster.apply(new AllocatorInput.QuotaChanged(
                    new RolePath("role-" + (10_000 + i)), both, new Limits(new TreeMap<>(both.asMap()))));
        }
    }

    @Benchmark
    public int firstCycle() {
        return cluster.cycle();
    }
}
