package dev.proffer.master.edge.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;

/** Counts and times reviews: {@code proffer.master.token.reviews}, by what came of them. */
public final class TimedTokenReviews implements TokenReviews {
    private final TokenReviews reviews;
    private final MeterRegistry meters;
    private final String of;

    /** @param of whose tokens these are, as a tag */
    public TimedTokenReviews(TokenReviews reviews, MeterRegistry meters, String of) {
        this.reviews = reviews;
        this.meters = meters;
        this.of = of;
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
            sample.stop(meters.timer("proffer.master.token.reviews", "of", of, "result", result));
        }
    }
}
