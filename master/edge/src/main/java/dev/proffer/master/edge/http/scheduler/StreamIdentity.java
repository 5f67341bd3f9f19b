package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.model.Moment;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whose a stream is, for as long as that is proved. It is looked at again in intervals, and no later than when the proof
 * expires; a call on the stream with a proof that lasts longer replaces it. Confined to the stream's event loop.
 */
final class StreamIdentity {
    private final Context context;
    private final Identity identity;
    private final Duration interval;
    private final Supplier<Moment> time;
    private final Consumer<String> lost;

    private Proof proof;
    private long timer;
    private boolean over;

    /** @param lost told why the identity is not proved any more, once */
    StreamIdentity(
            Context context, Identity identity, Duration interval, Supplier<Moment> time, Consumer<String> lost) {
        this.context = context;
        this.identity = identity;
        this.interval = interval;
        this.time = time;
        this.lost = lost;
        this.proof = identity.proof();
    }

    void begin() {
        lookAgain();
    }

    void end() {
        over = true;
        context.owner().cancelTimer(timer);
    }

    /** The same client proves itself once more. Somebody else's proof does not count. */
    void renew(Identity other) {
        if (!over
                && other.principal().equals(identity.principal())
                && other.proof().expiry().isAfter(proof.expiry())) {
            proof = other.proof();
            context.owner().cancelTimer(timer);
            lookAgain();
        }
    }

    /** Not all streams at the same time. */
    private void lookAgain() {
        long most = interval.toMillis();
        long delay = Math.min(ThreadLocalRandom.current().nextLong(most - most / 4, most + 1), untilExpiry());
        timer = context.owner().setTimer(Math.max(1, delay), _ -> look());
    }

    private long untilExpiry() {
        return proof.expiry().equals(Instant.MAX)
                ? Long.MAX_VALUE
                : Duration.between(time.get().wall(), proof.expiry()).toMillis() + 1;
    }

    private void look() {
        var looked = proof;
        looked.holds()
                .whenComplete((holds, failure) -> context.runOnContext(_ -> {
                    if (over || !looked.equals(proof)) {
                        return;
                    }
                    if (!time.get().wall().isBefore(looked.expiry())) {
                        lose("its credentials have expired, and it sent no newer ones with a call");
                    } else if (failure == null && !holds) {
                        lose("its credentials are not accepted any more");
                    } else {
                        lookAgain();
                    }
                }));
    }

    private void lose(String reason) {
        over = true;
        lost.accept(reason);
    }
}
