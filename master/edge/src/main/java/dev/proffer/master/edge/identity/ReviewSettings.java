package dev.proffer.master.edge.identity;

import java.time.Duration;

/**
 * How long reviews of tokens count, and how many are kept.
 *
 * @param refreshAfter a token in use whose review is older is reviewed again, while its user goes on
 * @param acceptedFor a token whose review is older is not accepted before it is reviewed again
 * @param refusedFor a refused token is not reviewed again before
 * @param retryAfter while reviews fail, the same token is not reviewed again before
 * @param opaqueFor how long an accepted token that does not say when it expires is accepted while reviews fail
 * @param acceptedAtMost accepted tokens that are remembered
 * @param refusedAtMost refused tokens that are remembered
 * @param reviewsAtOnce requests at a time
 * @param waitingAtMost tokens that wait for their review; more cannot be reviewed for now
 */
public record ReviewSettings(
        Duration refreshAfter,
        Duration acceptedFor,
        Duration refusedFor,
        Duration retryAfter,
        Duration opaqueFor,
        int acceptedAtMost,
        int refusedAtMost,
        int reviewsAtOnce,
        int waitingAtMost) {

    public static final ReviewSettings DEFAULTS = new ReviewSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            50_000,
            10_000,
            32,
            20_000);
}
