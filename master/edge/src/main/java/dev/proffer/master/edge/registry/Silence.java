package dev.proffer.master.edge.registry;

import dev.proffer.model.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices a watch that went silent without an error. The API server tells a watch that is alive every minute or so, even if
 * no object changes, how far it is; so it must have heard by now of what was the newest version some minutes ago. One thread.
 */
final class Silence {
    /** Between two looks. */
    static final Duration LOOK = Duration.ofMinutes(5);

    /** The next look, if there was no answer. */
    static final Duration RETRY = Duration.ofSeconds(10);

    private long nextLook = Long.MIN_VALUE;
    private @Nullable String newest;

    /**
     * Looks, if it is time to.
     *
     * @param heard the last version that the watch was told, empty for none yet
     * @param newestNow asks the API server for the newest version; empty if there is no answer
     */
    boolean isNoticed(Moment now, Optional<String> heard, Supplier<Optional<String>> newestNow) {
        if (!now.reached(nextLook) || heard.isEmpty()) {
            return false;
        }
        var before = newest;
        var answer = newestNow.get();
        newest = answer.orElse(before);
        nextLook = now.deadline(answer.isPresent() ? LOOK : RETRY);
        if (answer.isEmpty() || before == null || !isOlder(heard.get(), before)) {
            return false;
        }
        newest = null;
        return true;
    }

    /** Versions are numbers that grow; of others nothing can be said. */
    private static boolean isOlder(String heard, String listed) {
        try {
            return Long.parseUnsignedLong(heard) < Long.parseUnsignedLong(listed);
        } catch (NumberFormatException opaque) {
            return false;
        }
    }
}
