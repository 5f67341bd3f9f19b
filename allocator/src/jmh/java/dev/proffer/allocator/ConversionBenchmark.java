package dev.proffer.allocator;

import dev.proffer.model.Labels;
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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Mesos' UpdateAllocation: on an agent with many labelled reservations one framework unreserves and reserves its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 200)
@Measurement(iterations = 40)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class ConversionBenchmark {
    @Param({"200", "400", "800"})
    int objects;

    private BenchmarkCluster cluster = new BenchmarkCluster();
    private Resources reserved = Resources.EMPTY;
    private Resources unreserved = Resources.EMPTY;
    private boolean isReserved = true;

    @Setup
    public void build() {
        int roles = objects / 4;
        var total = new ArrayList<Resource>();
        for (int i = 0; i < roles; i++) {
            total.addAll(parts(i, true));
        }
        for (int i = 0; i < roles; i++) {
            cluster.addFramework(i, "role-" + i);
        }
        cluster.addAgent(0, Resources.of(total), List.of());
        cluster.settle();
        reserved = Resources.of(parts(0, true));
        unreserved = Resources.of(parts(0, false));
    }

    private static List<Resource> parts(int role, boolean withReservation) {
        var labels = new Labels(List.of(new Labels.Label("owner", Optional.of("framework-" + role))));
        var reservation = new Reservation(
                Reservation.Kind.DYNAMIC, new RolePath("role-" + role), Optional.of("principal"), labels);
        var parts = new ArrayList<Resource>();
        for (var resource : Resources.parse("cpus:1;mem:256;disk:512;ports:[" + role + "-" + role + "]")) {
            parts.add(withReservation ? resource.reserved(reservation) : resource);
        }
        return parts;
    }

    @Benchmark
    public void convert() {
        cluster.apply(new AllocatorInput.Converted(
                BenchmarkCluster.framework(0),
                new RolePath("role-0"),
                BenchmarkCluster.agent(0),
                isReserved ? reserved : unreserved,
                isReserved ? unreserved : reserved));
        isReserved = !isReserved;
    }
}
