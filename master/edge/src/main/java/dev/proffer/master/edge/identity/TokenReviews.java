package dev.proffer.master.edge.identity;

import dev.proffer.model.Principal;
import java.io.IOException;
import java.util.Optional;

/** Asks whoever issued a token whose it is. */
@FunctionalInterface
public interface TokenReviews {

    /**
     * Blocks until the answer is there. Any thread.
     *
     * @throws IOException if nobody could be asked, which says nothing about the token
     */
    Review review(String token) throws IOException;

    /** What is to be thought of a token. */
    sealed interface Review {

        /** @param node that the token's pod runs on, as the API server vouches for it */
        record Accepted(Principal principal, Optional<String> node) implements Review {}

        /** @param reason to be told to whoever sent it; holds no secret */
        record Refused(String reason) implements Review {}
    }
}
