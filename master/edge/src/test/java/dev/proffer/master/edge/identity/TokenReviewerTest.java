package dev.proffer.master.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenReviewerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Review ALICE = new Review.Accepted(Principal.named("alice"), Optional.of("node-1"));
    private static final Review NO = new Review.Refused("revoked");

    private final AtomicInteger asked = new AtomicInteger();
    private volatile Moment now = new Moment(0, START);
    private volatile TokenReviews answer = _ -> ALICE;
    private final TokenReviewer reviewer = reviewer(ReviewSettings.DEFAULTS);
    private final String token = TestTokens.of("alice", START.plus(Duration.ofHours(1)));

    @Test
    void anAnswerCountsForHalfAMinuteWithoutAskingAgain() {
        assertThat(review(token)).isEqualTo(ALICE);
        pass(Duration.ofSeconds(29));
        assertThat(review(token)).isEqualTo(ALICE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoIsInUseIsReviewedAgainWhileHeGoesOn() {
        review(token);
        pass(Duration.ofSeconds(31));
        var gate = new CountDownLatch(1);
        answer = _ -> {
            awaitUninterrupted(gate);
            return NO;
        };
        assertThat(review(token)).isEqualTo(ALICE);
        gate.countDown();
        await().untilAsserted(() -> assertThat(review(token)).isEqualTo(NO));
        assertThat(asked).hasValue(2);
    }

    @Test
    void anAnswerOlderThanAMinuteDoesNotCount() {
        review(token);
        answer = _ -> NO;
        pass(Duration.ofSeconds(61));
        assertThat(review(token)).isEqualTo(NO);
    }

    @Test
    void anAcceptedTokenIsRefusedFromItsExpiryOnWithoutAsking() {
        var brief = TestTokens.of("alice", START.plusSeconds(20));
        assertThat(review(brief)).isEqualTo(ALICE);
        pass(Duration.ofSeconds(20));
        assertThat(review(brief)).isEqualTo(new Review.Refused("it has expired"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void tokensForAnotherAudienceAreRefusedWithoutAsking() {
        var foreign = TestTokens.of("alice", START.plusSeconds(20), "vault");
        assertThat(review(foreign))
                .isEqualTo(new Review.Refused("it was issued for the audience [vault], here it must be proffer"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void refusalsAreRememberedForTenSeconds() {
        answer = _ -> NO;
        assertThat(review(token)).isEqualTo(NO);
        assertThat(review(token)).isEqualTo(NO);
        assertThat(asked).hasValue(1);
        answer = _ -> ALICE;
        pass(Duration.ofSeconds(10));
        assertThat(review(token)).isEqualTo(ALICE);
    }

    @Test
    void whoWasAcceptedGoesOnUntilTheTokenExpiresWhileNobodyCanBeAsked() {
        review(token);
        answer = TokenReviewerTest::nobody;
        for (int minute = 1; minute < 60; minute++) {
            pass(Duration.ofMinutes(1));
            assertThat(review(token)).isEqualTo(ALICE);
        }
        pass(Duration.ofMinutes(1));
        assertThat(review(token)).isEqualTo(new Review.Refused("it has expired"));
    }

    @Test
    void whoIsInUseDoesNotWaitWhileNobodyCanBeAsked() {
        review(token);
        answer = TokenReviewerTest::nobody;
        pass(Duration.ofMinutes(2));
        assertThat(review(token)).isEqualTo(ALICE); // Waited for the failure.
        answer = _ -> {
            awaitUninterrupted(new CountDownLatch(1));
            return NO;
        };
        pass(Duration.ofSeconds(6));
        assertThat(reviewer.review(token).toCompletableFuture()).isCompletedWithValue(ALICE);
    }

    @Test
    void aRevocationCountsAsSoonAsSomebodyCanBeAskedAgain() {
        review(token);
        answer = TokenReviewerTest::nobody;
        pass(Duration.ofMinutes(5));
        review(token);
        answer = _ -> NO;
        pass(Duration.ofMinutes(5));
        assertThat(review(token)).isEqualTo(NO);
    }

    @Test
    void whoIsUnknownIsNeitherAcceptedNorRefusedWhileNobodyCanBeAsked() {
        answer = TokenReviewerTest::nobody;
        assertThatThrownBy(() -> review(token))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no route");
        answer = _ -> ALICE;
        assertThat(review(token)).isEqualTo(ALICE);
    }

    @Test
    void anOpaqueTokenIsHeldForTenMinutes() {
        review("opaque");
        answer = TokenReviewerTest::nobody;
        pass(Duration.ofMinutes(9));
        assertThat(review("opaque")).isEqualTo(ALICE);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> review("opaque")).isInstanceOf(CompletionException.class);
    }

    @Test
    void manyWhoShowOneTokenAreOneQuestion() {
        var gate = new CountDownLatch(1);
        answer = _ -> {
            awaitUninterrupted(gate);
            return ALICE;
        };
        var reviews = IntStream.range(0, 100)
                .mapToObj(_ -> reviewer.review(token).toCompletableFuture())
                .toList();
        gate.countDown();
        assertThat(reviews).allSatisfy(review -> assertThat(review.join()).isEqualTo(ALICE));
        assertThat(asked).hasValue(1);
    }

    @Test
    void rubbishPushesOutNobodyWhoWasAccepted() {
        var small = reviewer(settings(/* acceptedAtMost= */ 10, /* refusedAtMost= */ 10, /* waitingAtMost= */ 10));
        small.review(token).toCompletableFuture().join();
        answer = _ -> NO;
        for (int i = 0; i < 100; i++) {
            small.review("rubbish" + i).toCompletableFuture().join();
        }
        assertThat(asked).hasValue(101);
        assertThat(small.review(token).toCompletableFuture().join()).isEqualTo(ALICE);
        assertThat(asked).hasValue(101);
    }

    @Test
    void questionsThatWaitAreBounded() {
        var small = reviewer(settings(10, 10, /* waitingAtMost= */ 2));
        var gate = new CountDownLatch(1);
        answer = _ -> {
            awaitUninterrupted(gate);
            return ALICE;
        };
        var first = small.review("one").toCompletableFuture();
        var second = small.review("two").toCompletableFuture();
        assertThatThrownBy(() -> small.review("three").toCompletableFuture().join())
                .hasRootCauseMessage("too many tokens wait for their review");
        gate.countDown();
        assertThat(first.join()).isEqualTo(ALICE);
        assertThat(second.join()).isEqualTo(ALICE);
    }

    private TokenReviewer reviewer(ReviewSettings settings) {
        return new TokenReviewer(
                asking -> {
                    asked.incrementAndGet();
                    return answer.review(asking);
                },
                TestTokens.AUDIENCE,
                settings,
                () -> now);
    }

    private static ReviewSettings settings(int acceptedAtMost, int refusedAtMost, int waitingAtMost) {
        var base = ReviewSettings.DEFAULTS;
        return new ReviewSettings(
                base.refreshAfter(),
                base.acceptedFor(),
                base.refusedFor(),
                base.retryAfter(),
                base.opaqueFor(),
                acceptedAtMost,
                refusedAtMost,
                base.reviewsAtOnce(),
                waitingAtMost);
    }

    private Review review(String of) {
        return reviewer.review(of).toCompletableFuture().join();
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private static Review nobody(String token) throws IOException {
        throw new IOException("no route");
    }

    private static void awaitUninterrupted(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
