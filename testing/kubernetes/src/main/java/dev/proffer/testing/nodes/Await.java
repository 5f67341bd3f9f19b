package dev.proffer.testing.nodes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what processes do. */
final class Await {
    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /** Fails with the complaint if it does not come true in time. */
    static void until(BooleanSupplier condition, Duration patience, Supplier<String> complaint) {
        try {
            await().pollDelay(Duration.ZERO).pollInterval(POLL).atMost(patience).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException(complaint.get(), late);
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
