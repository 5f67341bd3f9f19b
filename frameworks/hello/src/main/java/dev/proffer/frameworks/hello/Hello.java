package dev.proffer.frameworks.hello;

import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.sdk.Patience;
import dev.proffer.sdk.PodEnvironment;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The smallest whole framework: runs five tasks and says what happens, line by line. Exits with 0 when all have finished,
 * with 1 and the reason when they cannot, with 2 when the command line is wrong.
 */
public final class Hello {
    private static final Duration LONGEST_WITHOUT_MASTER = Duration.ofMinutes(1);
    private static final List<String> NUMBERS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private Hello() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, Optional.ofNullable(System.getenv("PROFFER_MASTER")), System.out, System.err));
    }

    static int run(String[] arguments, Optional<String> masters, PrintStream out, PrintStream err) {
        try {
            return run(HelloOptions.parse(arguments, masters), out, err);
        } catch (IllegalArgumentException e) {
            err.println("hello: " + e.getMessage());
            err.println(HelloOptions.USAGE);
            return 2;
        } catch (IOException e) {
            err.println("hello: " + e.getMessage());
            return 1;
        }
    }

    private static int run(HelloOptions options, PrintStream out, PrintStream err) throws IOException {
        var progress = Progress.of(options);
        var scheduler = new HelloScheduler(progress, options.command(), out::println);
        Termination termination;
        try (var driver = new SchedulerDriver(scheduler, config(options, progress))) {
            termination = driver.run();
        }
        if (progress.isComplete()) {
            progress.forget();
            out.println("all " + inWords(options.tasks()) + " finished");
            if (options.stays()) {
                untilTheProcessIsEnded();
            }
            return 0;
        }
        if (termination.cause() == Termination.Cause.TORN_DOWN) {
            progress.forget();
        }
        err.println("hello: " + scheduler.failure().orElse(termination.toString()));
        return 1;
    }

    private static void untilTheProcessIsEnded() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static SchedulerConfig config(HelloOptions options, Progress progress) {
        var environment = new HashMap<>(System.getenv());
        environment.put("PROFFER_MASTER", String.join(",", options.masters()));
        options.role().ifPresent(role -> environment.put("PROFFER_ROLES", role));
        var config = PodEnvironment.of(environment)
                .configure("hello")
                .withPatience(Patience.DEFAULT.withGiveUp(LONGEST_WITHOUT_MASTER));
        return progress.frameworkId()
                .map(id -> FrameworkID.newBuilder().setValue(id).build())
                .map(config::withFrameworkId)
                .orElse(config);
    }

    private static String inWords(int number) {
        return number <= NUMBERS.size() ? NUMBERS.get(number - 1) : Integer.toString(number);
    }
}
