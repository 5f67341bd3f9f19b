package dev.proffer.master.edge.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;

/** Counts and times reviews: {@code proffer.master.token.reviews}, by what came of them. */
public final class TimedTokenReviews implements TokenReviews {
    private final TokenReviews reviews;
    private final MeterRegistry meters;

    public TimedTokenReviews(TokenReviews reviews, MeterRegistry meters) {
        this.reviews = reviews;
        this.meters = meters;
    }

    @Override
    public Review review(String token) throws IOException {
        var sample = Timer.start(meters);
        var result = "failed";
        try {
            var review = reviews.review(token);
            result = switch (review) {
                case Review.Accepted _ -> "accepted";
                case Review.Refused _ -> "refused";
            };
            return review;
        } finally {
            sample.stop(meters.timer("proffer.master.token.reviews", "result", result));
        }
    }
}
