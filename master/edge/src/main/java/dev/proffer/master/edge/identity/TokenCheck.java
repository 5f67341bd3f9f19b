package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.http.Authenticator.Verdict;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.master.edge.identity.TokenReviews.Review;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Bearer tokens: service accounts' and others that the API server knows. */
public final class TokenCheck implements CredentialCheck {
    private static final String BEARER = "Bearer";

    private final TokenReviewer reviewer;

    public TokenCheck(TokenReviewer reviewer) {
        this.reviewer = reviewer;
    }

    @Override
    public String scheme() {
        return BEARER;
    }

    @Override
    public CompletionStage<Verdict> check(String token) {
        return reviewer.review(token).thenApply(review -> switch (review) {
            case Review.Refused(var reason) ->
                new Verdict.Refused(List.of(BEARER), "401 Unauthorized. The token was refused: " + reason + ".");
            case Review.Accepted(var principal, var _) ->
                new Verdict.Accepted(new Identity(Optional.of(principal), new TokenProof(reviewer, token)));
        });
    }

    /** @param token is a secret, kept as long as its bearer stays */
    private record TokenProof(TokenReviewer reviewer, String token) implements Proof {
        @Override
        public Instant expiry() {
            return TokenClaims.of(token).expiry().orElse(Instant.MAX);
        }

        @Override
        public CompletionStage<Boolean> holds() {
            return reviewer.review(token)
                    .thenApply(Review.Accepted.class::isInstance)
                    .exceptionally(_ -> true);
        }

        @Override
        public String toString() {
            return "token until " + expiry();
        }
    }
}
