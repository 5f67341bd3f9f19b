package dev.proffer.master.edge.http;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a client proved its identity with. Any thread. */
public interface Proof {
    /** Of a client that need prove nothing. */
    Proof LASTING = new Proof() {
        @Override
        public Instant expiry() {
            return Instant.MAX;
        }

        @Override
        public CompletionStage<Boolean> holds() {
            return CompletableFuture.completedStage(true);
        }
    };

    /** From when on it is worth nothing; {@link Instant#MAX} if that is not known. */
    Instant expiry();

    /** Whether it would be accepted again now. Does not block; if nobody can say, it holds until its expiry. */
    CompletionStage<Boolean> holds();
}
