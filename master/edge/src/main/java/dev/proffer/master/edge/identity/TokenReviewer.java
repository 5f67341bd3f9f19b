package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reviews tokens and remembers the answers for a while, by the tokens' hashes. That nobody can be asked is no refusal: a
 * token that was accepted before is accepted until it expires. Any thread.
 */
public final class TokenReviewer {
    private static final int LONGEST_TOKEN = 16 << 10;
    private static final Review EXPIRED = new Review.Refused("it has expired");

    private final TokenReviews reviews;
    private final String audience;
    private final ReviewSettings settings;
    private final Supplier<Moment> time;
    private final Semaphore requests;

    private final Map<TokenHash, Reviewed> accepted;
    private final Map<TokenHash, Reviewed> refused;
    private final Map<TokenHash, CompletableFuture<Review>> underWay = new LinkedHashMap<>();

    /**
     * @param since of the answer
     * @param failedAt when it was last asked for again in vain, if that was later
     */
    private record Reviewed(
            Review review,
            TokenClaims claims,
            Moment since,
            @Nullable Moment failedAt) {}

    /** @param audience that {@code reviews} asks for */
    public TokenReviewer(TokenReviews reviews, String audience, ReviewSettings settings, Supplier<Moment> time) {
        this.reviews = reviews;
        this.audience = audience;
        this.settings = settings;
        this.time = time;
        this.requests = new Semaphore(settings.reviewsAtOnce());
        this.accepted = latest(settings.acceptedAtMost());
        this.refused = latest(settings.refusedAtMost());
    }

    /** Completes exceptionally, with an IOException, if nobody can be asked who could say. */
    public CompletionStage<Review> review(String token) {
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            return done(new Review.Refused("it is empty or longer than " + LONGEST_TOKEN + " characters"));
        }
        var hash = TokenHash.of(token);
        var now = time.get();
        synchronized (this) {
            var known = accepted.get(hash);
            if (known != null) {
                return ofAccepted(now, token, hash, known);
            }
            var rejected = refused.get(hash);
            if (rejected != null && !now.reached(rejected.since().deadline(settings.refusedFor()))) {
                return done(rejected.review());
            }
            return ofUnknown(now, token, hash);
        }
    }

    private CompletionStage<Review> ofUnknown(Moment now, String token, TokenHash hash) {
        var claims = TokenClaims.of(token);
        if (claims.isExpired(now.wall())) {
            return done(EXPIRED);
        }
        if (!claims.audiences().isEmpty() && !claims.audiences().contains(audience)) {
            return done(new Review.Refused(
                    "it was issued for the audience " + claims.audiences() + ", here it must be " + audience));
        }
        return ask(token, hash, claims);
    }

    private CompletionStage<Review> ofAccepted(Moment now, String token, TokenHash hash, Reviewed known) {
        if (known.claims().isExpired(now.wall())) {
            accepted.remove(hash);
            return done(EXPIRED);
        }
        if (!now.reached(known.since().deadline(settings.refreshAfter()))) {
            return done(known.review());
        }
        if (failedWithin(settings.retryAfter(), now, known) && mayBeHeld(now, known)) {
            return done(known.review());
        }
        var asked = ask(token, hash, known.claims());
        boolean fresh = !now.reached(known.since().deadline(settings.acceptedFor()));
        boolean nobodyAnswers = failedWithin(settings.acceptedFor(), now, known);
        if (fresh || (nobodyAnswers && mayBeHeld(now, known))) {
            return done(known.review());
        }
        return asked.exceptionallyCompose(failure -> heldOrFailed(hash, failure));
    }

    private static boolean failedWithin(Duration duration, Moment now, Reviewed known) {
        return known.failedAt() != null && !now.reached(known.failedAt().deadline(duration));
    }

    /** The answer of before, now that there is no newer one. */
    private synchronized CompletionStage<Review> heldOrFailed(TokenHash hash, Throwable failure) {
        var known = accepted.get(hash);
        return known != null && mayBeHeld(time.get(), known)
                ? done(known.review())
                : CompletableFuture.failedStage(failure);
    }

    private boolean mayBeHeld(Moment now, Reviewed known) {
        return known.claims().expiry().isPresent()
                ? !known.claims().isExpired(now.wall())
                : !now.reached(known.since().deadline(settings.opaqueFor()));
    }

    /** Holding the lock. */
    private CompletableFuture<Review> ask(String token, TokenHash hash, TokenClaims claims) {
        var asked = underWay.get(hash);
        if (asked != null) {
            return asked;
        }
        var answer = new CompletableFuture<Review>();
        if (underWay.size() >= settings.waitingAtMost()) {
            answer.completeExceptionally(new IOException("too many tokens wait for their review"));
            return answer;
        }
        underWay.put(hash, answer);
        Thread.ofVirtual().name("token-review").start(() -> request(token, hash, claims, answer));
        return answer;
    }

    private void request(String token, TokenHash hash, TokenClaims claims, CompletableFuture<Review> answer) {
        requests.acquireUninterruptibly();
        try {
            var review = reviews.review(token);
            remember(hash, claims, review);
            answer.complete(review);
        } catch (IOException | RuntimeException e) {
            rememberFailure(hash);
            answer.completeExceptionally(e instanceof IOException ? e : new IOException(e.toString(), e));
        } finally {
            requests.release();
        }
    }

    private synchronized void remember(TokenHash hash, TokenClaims claims, Review review) {
        underWay.remove(hash);
        var reviewed = new Reviewed(review, claims, time.get(), null);
        switch (review) {
            case Review.Accepted _ -> {
                refused.remove(hash);
                accepted.put(hash, reviewed);
            }
            case Review.Refused _ -> {
                accepted.remove(hash);
                refused.put(hash, reviewed);
            }
        }
    }

    private synchronized void rememberFailure(TokenHash hash) {
        underWay.remove(hash);
        accepted.computeIfPresent(
                hash, (_, known) -> new Reviewed(known.review(), known.claims(), known.since(), time.get()));
    }

    private static CompletionStage<Review> done(Review review) {
        return CompletableFuture.completedStage(review);
    }

    /** Forgets what was not asked for the longest time. */
    private static <K, V> Map<K, V> latest(int atMost) {
        return new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > atMost;
            }
        };
    }
}
