package dev.proffer.master.core.scenario;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;

/** CPU time of this thread, so that other programs on the machine do not count. */
public final class Stopwatch {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long longest;
    private long together;

    <T> T time(Supplier<T> work) {
        long start = threads.getCurrentThreadCpuTime();
        try {
            return work.get();
        } finally {
            long took = threads.getCurrentThreadCpuTime() - start;
            longest = Math.max(longest, took);
            together += took;
        }
    }

    public void reset() {
        longest = 0;
        together = 0;
    }

    public Duration longest() {
        return Duration.ofNanos(longest);
    }

    public Duration together() {
        return Duration.ofNanos(together);
    }
}
