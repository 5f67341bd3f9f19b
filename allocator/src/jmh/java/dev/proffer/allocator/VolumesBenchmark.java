package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.model.Disk;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
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

/** Mesos' PersistentVolumes: reserved agents, each with a volume; all offers come back, and one cycle is timed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 6)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx8g", "-XX:+UseParallelGC"})
public class VolumesBenchmark {
    private static final Reservation FOR_TEST = Reservation.fixed(new RolePath("test"));

    @Param({"1000x100", "5000x500", "10000x1000"})
    String agentsByFrameworks = "";

    @Param({"false", "true"})
    boolean shared;

    private BenchmarkCluster cluster = new BenchmarkCluster();

    @Setup(Level.Trial)
    public void build() {
        var sizes = agentsByFrameworks.split("x");
        int frameworks = Integer.parseInt(sizes[1]);
        cluster.addFrameworks(
                frameworks, "test", FrameworkCapability.SHARED_RESOURCES, FrameworkCapability.RESERVATION_REFINEMENT);
        var whole = reserved("cpus:24;mem:4096;disk:3072;ports:[31000-32000]");
        var used = reserved("cpus:16;mem:1024;disk:1024")
                .plus(reserved(BenchmarkCluster.USED
                        .filter(resource -> !resource.isScalar())
                        .toString()));
        for (int i = 0; i < Integer.parseInt(sizes[0]); i++) {
            var holding = new Holding(
                    BenchmarkCluster.framework(i % frameworks), new RolePath("*"), BenchmarkCluster.agent(i), used);
            cluster.addAgent(i, whole.plus(volume(i)), List.of(holding));
            cluster.settle();
        }
    }

    private static Resources reserved(String resources) {
        var all = new ArrayList<Resource>();
        for (var resource : Resources.parse(resources)) {
            all.add(resource.reserved(FOR_TEST));
        }
        return Resources.of(all);
    }

    private Resource volume(int number) {
        var volume = new Disk.PersistentVolume("volume-" + number, Optional.empty(), "data", false);
        var disk = Resource.scalar("disk", 1024)
                .reserved(FOR_TEST)
                .withDisk(new Disk(Optional.empty(), Optional.of(volume)));
        return shared ? disk.asShared() : disk;
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
