package dev.proffer.allocator;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The end of Mesos' DeclineOffers: everybody has declined everything, and a cycle finds nothing to offer. */
public class FilteredCycleBenchmark extends CycleBenchmark {
    @Param({
        "1000x1",
        "1000x50",
        "1000x200",
        "1000x1000",
        "5000x1",
        "5000x50",
        "5000x200",
        "5000x1000",
        "10000x1",
        "10000x50",
        "10000x200",
        "10000x1000",
        "50000x1",
        "50000x50",
        "50000x200"
    })
    String agentsByFrameworks = "";

    @Setup(Level.Trial)
    public void declineEverything() {
        cluster.fillAndDeclineEverything(agentsByFrameworks);
    }

    @Benchmark
    public int cycle() {
        return cluster.cycle();
    }
}
