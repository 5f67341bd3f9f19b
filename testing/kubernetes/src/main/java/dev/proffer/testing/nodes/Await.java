package dev.proffer.testing.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what processes do. */
final class Await {
    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /** Fails with the complaint if it does not come true in time. */
    static void until(BooleanSupplier condition, Duration patience, Supplier<String> complaint) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(complaint.get());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The last of a log file, for complaints. */
    static String end(Path log) {
        try {
            var text = Files.exists(log) ? Files.readString(log) : "";
            return log.getFileName() + " ends: " + text.substring(Math.max(0, text.length() - 2000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
