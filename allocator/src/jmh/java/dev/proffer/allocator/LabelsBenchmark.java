package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.model.Labels;
import dev.proffer.model.Labels.Label;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Mesos' ResourceLabels: as DeclineOffers, but the CPUs in use on an agent are two reservations whose labels are like no
 * other agent's.
 */
public class LabelsBenchmark extends CycleBenchmark {
    private static final RolePath ROLE = new RolePath("role-1");
    private static final Resources OTHERS_USED = BenchmarkCluster.USED.minus(Resources.parse("cpus:16"));

    @Param({"1000x50", "1000x1000", "5000x200"})
    String agentsByFrameworks = "";

    @Setup(Level.Trial)
    public void build() {
        var sizes = agentsByFrameworks.split("x");
        int agents = Integer.parseInt(sizes[0]);
        int frameworks = Integer.parseInt(sizes[1]);
        cluster.addFrameworks(frameworks, ROLE.value());
        for (int i = 0; i < agents; i++) {
            var labelled = Resources.of(reserved(i, "first", 13), reserved(i, "second", 11));
            var holding = new Holding(
                    BenchmarkCluster.framework(i % frameworks),
                    ROLE,
                    BenchmarkCluster.agent(i),
                    OTHERS_USED.plus(labelled));
            cluster.addAgent(
                    i, BenchmarkCluster.TOTAL.minus(Resources.parse("cpus:16")).plus(labelled), List.of(holding));
            if (BenchmarkCluster.isTimeToRun(i + 1, agents)) {
                cluster.settle();
            }
        }
    }

    private static Resource reserved(int agent, String which, int labels) {
        var all = new ArrayList<Label>();
        for (int i = 1; i < labels; i++) {
            all.add(new Label("key-" + i, Optional.of("value-" + i)));
        }
        all.add(new Label(which, Optional.of("agent-" + agent)));
        var reservation = new Reservation(Reservation.Kind.DYNAMIC, ROLE, Optional.of("principal"), new Labels(all));
        return Resource.scalar("cpus", 8).reserved(reservation);
    }

    @Setup(Level.Invocation)
    public void decline() {
        cluster.giveBackAll(Optional.of(BenchmarkCluster.FOREVER));
    }

    @Benchmark
    public int cycle() {
        return cluster.cycle();
    }
}
