package dev.proffer.allocator;

import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Mesos' LargeAndSmallQuota: roles with a quota of half an agent, and a fifth as many with one of two agents. The first cycle
 * offers everything, the second finds nothing left. The heap's bound is a part of what is claimed.
 */
@Fork(
        value = 1,
        jvmArgs = {"-Xmx384m", "-XX:+UseParallelGC"})
public class QuotaBenchmark extends CycleBenchmark {
    private static final Resources AGENT = Resources.parse("cpus:2;mem:2048;disk:2048");

    @Param({"25", "250", "2500"})
    int smallRoles;

    /** The state after the first cycle. */
    @State(Scope.Benchmark)
    public static class Satisfied {
        private BenchmarkCluster cluster = new BenchmarkCluster();

        @Setup(Level.Invocation)
        public void build(QuotaBenchmark of) {
            cluster = of.cluster();
            cluster.cycle();
        }
    }

    @Setup(Level.Invocation)
    public void build() {
        cluster = cluster();
    }

    private BenchmarkCluster cluster() {
        var built = new BenchmarkCluster();
        int largeRoles = smallRoles / 5;
        for (int i = 0; i < smallRoles / 5 + 5 * largeRoles; i++) {
            built.addAgent(i, AGENT, List.of());
        }
        for (int i = 0; i < smallRoles + largeRoles; i++) {
            built.addFramework(i, role(i));
        }
        for (int i = 0; i < smallRoles + largeRoles; i++) {
            setQuota(built, role(i), i < smallRoles ? "cpus:1;mem:1024;disk:1024" : "cpus:4;mem:4096;disk:4096");
        }
        return built;
    }

    private static String role(int number) {
        return "role-" + (10_000 + number);
    }

    private static void setQuota(BenchmarkCluster cluster, String role, String text) {
        var quantities = Quantities.parse(text);
        cluster.apply(new AllocatorInput.QuotaChanged(
                new RolePath(role), quantities, new Limits(new TreeMap<>(quantities.asMap()))));
    }

    @Benchmark
    public int firstCycle() {
        return cluster.cycle();
    }

    @Benchmark
    public int secondCycle(Satisfied satisfied) {
        return satisfied.cluster.cycle();
    }

    @Benchmark
    public AllocatorFigures figures(Satisfied satisfied) {
        return satisfied.cluster.allocator.figures();
    }
}
