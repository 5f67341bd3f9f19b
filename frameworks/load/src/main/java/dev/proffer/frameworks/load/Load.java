package dev.proffer.frameworks.load;

import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Loads a cluster. Exits with 0 when all tasks have finished, with 1 when some have not or the master does not want this
 * framework, with 2 when a setting is wrong.
 */
public final class Load {
    private Load() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        LoadOptions options;
        SchedulerConfig config;
        try {
            options = LoadOptions.parse(arguments, System.getenv());
            config = SchedulerConfig.ofEnvironment(options.name())
                    .withRoles(options.role().split(",", -1))
                    .withFailoverTimeout(options.failoverTimeout());
        } catch (IllegalArgumentException e) {
            System.err.println("load: " + e.getMessage());
            System.err.println(LoadOptions.USAGE);
            return 2;
        }
        return run(options, config);
    }

    private static int run(LoadOptions options, SchedulerConfig config) {
        var scheduler = new LoadScheduler(options, System::nanoTime, System.out::println);
        try (var driver = new SchedulerDriver(scheduler, config);
                var clock = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            var ticking = clock.scheduleAtFixedRate(scheduler::tick, 1, 1, TimeUnit.SECONDS);
            var termination = driver.run();
            ticking.cancel(false);
            System.out.println(scheduler.counts());
            if (!scheduler.isComplete()) {
                System.err.println("load: " + termination);
                return 1;
            }
        }
        var counts = scheduler.counts();
        return counts.finished() == options.tasks() ? 0 : 1;
    }
}
