package dev.proffer.master.edge.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Candidates around one Lease, under a clock that the test moves. */
class ElectionCoreTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final FakeLease lease = new FakeLease();
    private Moment now = new Moment(Long.MAX_VALUE / 3, Instant.EPOCH);

    @Test
    void theFirstCandidateTakesTermOne() {
        var a = new Candidate("a", 0);
        a.run();
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(lease.record().address()).isEqualTo("a:5050");
    }

    @Test
    void aTermKnownFromElsewhereIsPassed() {
        var a = new Candidate("a", 41);
        a.run();
        assertThat(a.standings).containsExactly(new Standing.Leading(42, "a"));
    }

    @Test
    void standbysFollowTheLeaderWhileItRenews() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        for (int i = 0; i < 60; i++) {
            b.run();
            advance(Duration.ofSeconds(1));
            a.run();
        }
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(b.standings).containsExactly(new Standing.Following(Optional.of("a:5050")));
        assertThat(a.confirmedUntil - now.nanos())
                .isGreaterThanOrEqualTo(RENEW.minus(RETRY).toNanos());
    }

    @Test
    void anUnrenewedLeaseIsTakenWithAHigherTermOnlyWhenItsDurationIsOver() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run(); // Sees it for the first time: from here on it is patient.
        runFor(b, LEASE.minusSeconds(1));
        assertThat(lease.record().holder()).isEqualTo("a");
        runFor(b, RETRY.plusSeconds(1));
        assertThat(b.last()).isEqualTo(new Standing.Leading(2, "b"));
    }

    @Test
    void theLeadersTimeIsOverBeforeAnybodyElsesPatience() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        while (!(b.last() instanceof Standing.Leading)) {
            boolean aMayAct = !now.reached(a.confirmedUntil);
            advance(Duration.ofMillis(100));
            b.run();
            assertThat(aMayAct && b.last() instanceof Standing.Leading).isFalse();
        }
        a.run(); // As after a long pause of the process.
        assertThat(a.last()).isInstanceOf(Standing.Lost.class);
        assertThat(lease.record().holder()).isEqualTo("b");
    }

    @Test
    void aLeaderThatCannotRenewLeadsOnWithoutItsLease() {
        var a = new Candidate("a", 0);
        a.run();
        long confirmed = a.confirmedUntil;
        lease.silent = true;
        runFor(a, Duration.ofMinutes(10));
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(a.confirmedUntil).isEqualTo(confirmed);
        assertThat(now.reached(a.core.actsUntil())).isFalse();

        lease.silent = false;
        runFor(a, RETRY);
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(a.confirmedUntil).isGreaterThan(now.nanos());
        assertThat(lease.record().holder()).isEqualTo("a");
    }

    @Test
    void aLeaderThatWasCutOffEndsAtOnceWhenItSeesAnother() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        a.cutOff = true;
        for (int second = 0; second < 60; second++) {
            advance(Duration.ofSeconds(1));
            a.run();
            b.run();
        }
        assertThat(a.last()).isEqualTo(new Standing.Leading(1, "a"));
        assertThat(b.last()).isEqualTo(new Standing.Leading(2, "b"));
        a.cutOff = false;
        runFor(a, RETRY);
        assertThat(a.last()).isEqualTo(new Standing.Lost("the Lease is lost: it is held by b"));
    }

    @Test
    void aLeaderThatWasCutOffDoesNotTakeALeaseBackThatAnotherHadAndReleased() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        a.cutOff = true;
        runFor(a, RENEW);
        runFor(b, LEASE.plus(RETRY));
        b.feed(new ElectionInput.Stop());
        a.cutOff = false;
        runFor(a, RETRY);
        assertThat(a.last()).isInstanceOf(Standing.Lost.class);
        assertThat(lease.record().term()).isEqualTo(2);
    }

    @Test
    void aLeaderThatWasCutOffDoesNotMakeALeaseAgainThatAnotherHadAndSomebodyDeleted() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        a.cutOff = true;
        runFor(a, RENEW);
        runFor(b, LEASE.plus(RETRY));
        lease.delete();
        a.cutOff = false;
        runFor(a, RETRY);
        assertThat(a.last()).isInstanceOf(Standing.Lost.class);
        assertThat(lease.isThere()).isFalse();
    }

    @Test
    void aLeaderThatIsCutOffBelievesTheLeaseAndNoAgent() {
        var a = new Candidate("a", 0);
        a.run();
        a.cutOff = true;
        runFor(a, RENEW.plusSeconds(1));
        a.feed(new ElectionInput.TermSeen(2, "b"));
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        a.cutOff = false;
        runFor(a, RETRY.multipliedBy(2));
        assertThat(a.last())
                .as("the Lease is its own, and those who obeyed term 2 will obey no lower one")
                .isEqualTo(new Standing.Leading(3, "a"));
    }

    @Test
    void agentsCannotMakeALeaderTakeHigherTermsForEver() {
        var a = new Candidate("a", 0);
        a.run();
        for (int i = 0; i < 20; i++) {
            a.feed(new ElectionInput.TermSeen(lease.record().term() + 1, "nobody"));
            runFor(a, RETRY);
        }
        assertThat(a.standings).hasSize(1 + 3);
        runFor(a, Duration.ofMinutes(10));
        assertThat(a.standings).as("what was said is not forgotten").hasSize(1 + 4);
    }

    @Test
    void whoWasPausedMayNotActBeforeItHasAskedAgain() {
        var a = new Candidate("a", 0);
        a.run();
        advance(RENEW);
        assertThat(now.reached(a.core.actsUntil())).isTrue();
        a.run();
        assertThat(now.reached(a.core.actsUntil())).isFalse();
    }

    @Test
    void aStandbyMayNeverAct() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        assertThat(now.reached(b.core.actsUntil())).isTrue();
    }

    // The term beside the Lease

    @Test
    void theTermIsStoredBeforeAnybodyHearsOfIt() {
        var a = new Candidate("a", 0);
        lease.termsSilent = true;
        runFor(a, Duration.ofSeconds(30));
        assertThat(a.standings).isEmpty();
        assertThat(lease.isThere())
                .as("not even taken: it may have to be higher")
                .isFalse();
        lease.termsSilent = false;
        runFor(a, RETRY);
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(lease.storedTerm).isEqualTo(1);
        assertThat(lease.storedHolder).isEqualTo("a");
    }

    @Test
    void aTermThatCannotBeStoredIsTriedAgainWithEachRenewal() {
        var a = new Candidate("a", 0);
        lease.storesNothing = true;
        runFor(a, Duration.ofSeconds(30));
        assertThat(a.standings).isEmpty();
        assertThat(lease.record().holder()).isEqualTo("a");
        lease.storesNothing = false;
        runFor(a, RETRY);
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
    }

    @Test
    void aStoredTermIsPassedAlthoughTheLeaseForgotIt() {
        lease.storedTerm = 41;
        lease.storedHolder = "x";
        lease.write("", LEASE, 3, "");
        var a = new Candidate("a", 0);
        a.run();
        assertThat(a.standings).containsExactly(new Standing.Leading(42, "a"));
        assertThat(lease.record().term()).isEqualTo(42);
    }

    @Test
    void whoFindsATermAndNoLeaseLeavesItsUnseenHolderTheLeasesTime() {
        lease.storedTerm = 41;
        lease.storedHolder = "x";
        var a = new Candidate("a", 0);
        runFor(a, LEASE.minusSeconds(1));
        assertThat(lease.isThere()).isFalse();
        runFor(a, RETRY.plusSeconds(1));
        assertThat(a.last()).isEqualTo(new Standing.Leading(42, "a"));
    }

    @Test
    void aTermThatIsStoredMeanwhileIsPassedWithoutOneSayingThatItLeads() {
        var a = new Candidate("a", 0);
        lease.beforeNextStore = () -> {
            lease.storedTerm = 6;
            lease.storedHolder = "x";
        };
        a.run();
        runFor(a, RETRY);
        assertThat(a.standings).containsExactly(new Standing.Leading(7, "a"));
    }

    @Test
    void theSameStoredTermOfAnotherIsPassedToo() {
        var a = new Candidate("a", 0);
        lease.beforeNextStore = () -> {
            lease.storedTerm = 1;
            lease.storedHolder = "x";
        };
        a.run();
        runFor(a, RETRY);
        assertThat(a.standings).containsExactly(new Standing.Leading(2, "a"));
    }

    @Test
    void aRaisedTermIsStoredBeforeItIsUsed() {
        var a = new Candidate("a", 0);
        a.run();
        lease.storesNothing = true;
        a.feed(new ElectionInput.TermSeen(9, "somebody"));
        runFor(a, RETRY);
        assertThat(lease.record().term()).isEqualTo(10);
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        lease.storesNothing = false;
        runFor(a, RETRY);
        assertThat(a.last()).isEqualTo(new Standing.Leading(10, "a"));
    }

    @Test
    void aShortSilenceOfTheApiServerChangesNothing() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        lease.silent = true;
        runFor(a, Duration.ofSeconds(7));
        runFor(b, Duration.ofSeconds(0));
        lease.silent = false;
        runFor(a, Duration.ofSeconds(30));
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
    }

    @Test
    void standbysDoNotCountTheTimeInWhichTheApiServerIsSilent() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        lease.silent = true;
        runFor(b, Duration.ofMinutes(10));
        lease.silent = false;
        runFor(b, LEASE.minus(RETRY));
        assertThat(lease.record().holder()).isEqualTo("a");
        runFor(b, RETRY.multipliedBy(3));
        assertThat(lease.record().holder()).isEqualTo("b");
    }

    @Test
    void aLeaseThatNamesAShorterDurationIsStillLeftAlone() {
        lease.write("x", Duration.ofSeconds(1), 5, "x:1");
        var b = new Candidate("b", 0);
        b.run();
        runFor(b, LEASE.minusSeconds(1));
        assertThat(lease.record().holder()).isEqualTo("x");
    }

    @Test
    void touchingTheLeaseIsNoRenewal() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        for (int i = 0; i < 20; i++) {
            lease.touch();
            runFor(b, Duration.ofSeconds(1));
        }
        assertThat(lease.record().holder()).isEqualTo("b");
    }

    @Test
    void theLeaderKeepsItsTermWhenTheLeaseIsDeleted() {
        var a = new Candidate("a", 0);
        a.run();
        lease.delete();
        runFor(a, Duration.ofSeconds(5));
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
        assertThat(lease.record().term()).isEqualTo(1);
    }

    @Test
    void standbyThatStoodStillDoesNotTakeALeaseThatWasRenewedMeanwhileAndThenDeleted() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        runFor(a, LEASE.multipliedBy(3));
        lease.delete();
        b.run();
        assertThat(b.standings).noneMatch(standing -> standing instanceof Standing.Leading);
    }

    @Test
    void whoTakesADeletedLeaseTakesAHigherTermThanItEverSaw() {
        var a = new Candidate("a", 6);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        lease.delete();
        runFor(b, LEASE.plus(RETRY.multipliedBy(2)));
        assertThat(b.last()).isEqualTo(new Standing.Leading(8, "b"));
        runFor(a, RETRY);
        assertThat(a.last()).isInstanceOf(Standing.Lost.class);
    }

    @Test
    void aDeletedLeaseIsLeftToItsHolderForItsDuration() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        lease.delete();
        while (!(b.last() instanceof Standing.Leading)) {
            boolean aMayAct = !now.reached(a.confirmedUntil);
            advance(Duration.ofMillis(100));
            b.run();
            assertThat(aMayAct && b.last() instanceof Standing.Leading).isFalse();
        }
    }

    @Test
    void aLeaseThatIsDeletedWhileNobodyHoldsItIsTakenAtOnce() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        a.feed(new ElectionInput.Stop());
        b.run();
        lease.delete();
        runFor(b, RETRY);
        assertThat(b.last()).isInstanceOf(Standing.Leading.class);
    }

    @Test
    void theLeaderIsLostAtOnceWhenAnotherHoldsTheLease() {
        var a = new Candidate("a", 0);
        a.run();
        lease.write("thief", LEASE, 3, "thief:1");
        runFor(a, RETRY);
        assertThat(a.last()).isEqualTo(new Standing.Lost("the Lease is lost: it is held by thief"));
        runFor(a, Duration.ofMinutes(1));
        assertThat(lease.record().holder()).isEqualTo("thief");
    }

    @Test
    void aWriteWhoseAnswerWasLostCountsFromItsSending() {
        var a = new Candidate("a", 0);
        lease.loseNextAnswer = true;
        a.run();
        assertThat(a.last()).isEqualTo(new Standing.Following(Optional.empty()));
        long sent = now.nanos();
        runFor(a, RETRY);
        assertThat(a.last()).isEqualTo(new Standing.Leading(1, "a"));
        assertThat(a.confirmedUntil).isLessThanOrEqualTo(sent + RENEW.toNanos());
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsRepeated() {
        var a = new Candidate("a", 0);
        a.run();
        lease.loseNextAnswer = true;
        runFor(a, Duration.ofSeconds(30));
        assertThat(a.standings).containsExactly(new Standing.Leading(1, "a"));
    }

    @Test
    void aTermThatAgentsObeyIsPassed() {
        var a = new Candidate("a", 0);
        a.run();
        a.feed(new ElectionInput.TermSeen(1, "a"));
        a.run();
        assertThat(a.last()).isEqualTo(new Standing.Leading(1, "a"));
        a.feed(new ElectionInput.TermSeen(9, "somebody"));
        a.run();
        assertThat(a.last()).isEqualTo(new Standing.Leading(10, "a"));
    }

    @Test
    void theSameTermOfAnotherHolderIsPassedAsWell() {
        var a = new Candidate("a", 0);
        a.run();
        a.feed(new ElectionInput.TermSeen(1, "an earlier a"));
        a.run();
        assertThat(a.last()).isEqualTo(new Standing.Leading(2, "a"));
        assertThat(lease.record().term()).isEqualTo(2);
    }

    @Test
    void aReleasedLeaseIsTakenAtOnce() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        a.feed(new ElectionInput.Stop());
        assertThat(lease.record().holder()).isEmpty();
        assertThat(lease.record().term()).isEqualTo(1);
        runFor(b, RETRY);
        assertThat(b.last()).isEqualTo(new Standing.Leading(2, "b"));
    }

    @Test
    void ofTwoWhoTakeAFreeLeaseOneWins() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        lease.write("", LEASE, 4, "");
        lease.beforeNextWrite = () -> b.run(); // In between a's look and its write.
        a.run();
        assertThat(b.last()).isEqualTo(new Standing.Leading(5, "b"));
        assertThat(a.last()).isEqualTo(new Standing.Following(Optional.of("b:5050")));
    }

    @Test
    void aStandbyThatStopsLeavesTheLeaseAlone() {
        var a = new Candidate("a", 0);
        var b = new Candidate("b", 0);
        a.run();
        b.run();
        b.feed(new ElectionInput.Stop());
        assertThat(b.core.isOver()).isTrue();
        assertThat(lease.record().holder()).isEqualTo("a");
    }

    private void advance(Duration by) {
        now = now.plus(by);
    }

    /** Lets the time pass for one candidate alone. */
    private void runFor(Candidate candidate, Duration duration) {
        var step = Duration.ofMillis(100);
        for (var passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(step)) {
            advance(step);
            candidate.run();
        }
    }

    /** A core with the loop around it. */
    private final class Candidate {
        final ElectionCore core;
        final List<Standing> standings = new ArrayList<>();
        final String holder;
        boolean cutOff;
        long confirmedUntil = Long.MIN_VALUE;

        Candidate(String holder, long knownTerm) {
            this.holder = holder;
            core = new ElectionCore(new ElectionSettings(holder, holder + ":5050", LEASE, RENEW, RETRY, knownTerm));
        }

        @Nullable
        Standing last() {
            return standings.isEmpty() ? null : standings.getLast();
        }

        void run() {
            while (core.nextDeadline() <= now.nanos()) {
                feed(new ElectionInput.TimePassed());
            }
        }

        void feed(ElectionInput input) {
            for (var action : core.apply(now, input)) {
                switch (action) {
                    case ElectionAction.Confirm(var until) -> confirmedUntil = until;
                    case ElectionAction.Report(var standing) -> standings.add(standing);
                    case ElectionAction.ReadTerm(), ElectionAction.StoreTerm _
                    when cutOff -> feed(new ElectionInput.TermUnanswered("cut off"));
                    case ElectionAction.Read(), ElectionAction.Create _, ElectionAction.Replace _
                    when cutOff -> feed(new ElectionInput.Unanswered("cut off"));
                    case ElectionAction.Read() -> feed(lease.read());
                    case ElectionAction.Create(var claim) -> feed(lease.create(claim));
                    case ElectionAction.Replace(var version, var claim) -> feed(lease.replace(version, claim));
                    case ElectionAction.ReadTerm() -> feed(lease.readTerm());
                    case ElectionAction.StoreTerm(var term) -> feed(lease.storeTerm(term, holder));
                }
            }
        }
    }

    /** An API server with two objects. */
    private static final class FakeLease implements LeaseStore {
        boolean silent;
        boolean loseNextAnswer;
        boolean termsSilent;
        boolean storesNothing;
        long storedTerm;
        String storedHolder = "";
        Runnable beforeNextStore = () -> {};
        Runnable beforeNextWrite = () -> {};
        private @Nullable LeaseRecord record;
        private int writes;

        LeaseRecord record() {
            return Optional.ofNullable(record).orElseThrow();
        }

        boolean isThere() {
            return record != null;
        }

        ElectionInput readTerm() {
            return silent || termsSilent
                    ? new ElectionInput.TermUnanswered("silent")
                    : new ElectionInput.TermRead(storedTerm, storedHolder);
        }

        ElectionInput storeTerm(long term, String holder) {
            var interference = beforeNextStore;
            beforeNextStore = () -> {};
            interference.run();
            if (silent || termsSilent || storesNothing) {
                return new ElectionInput.TermUnanswered("silent");
            }
            if (storedTerm > term || (storedTerm == term && !storedHolder.equals(holder))) {
                return new ElectionInput.TermRead(storedTerm, storedHolder);
            }
            storedTerm = term;
            storedHolder = holder;
            return new ElectionInput.TermStored(term);
        }

        void delete() {
            record = null;
        }

        void touch() {
            var before = record();
            write(before.holder(), before.duration(), before.term(), before.address());
            record = new LeaseRecord(
                    record().version(),
                    before.holder(),
                    before.duration(),
                    before.term(),
                    before.address(),
                    before.renewed());
        }

        void write(String holder, Duration duration, long term, String address) {
            writes++;
            record = new LeaseRecord("v" + writes, holder, duration, term, address, "renewed " + writes);
        }

        @Override
        public ElectionInput read() {
            if (silent) {
                return new ElectionInput.Unanswered("silent");
            }
            return record == null ? new ElectionInput.Absent() : new ElectionInput.Found(record);
        }

        @Override
        public ElectionInput create(LeaseClaim claim) {
            return write(claim, record == null);
        }

        @Override
        public ElectionInput replace(String version, LeaseClaim claim) {
            var interference = beforeNextWrite;
            beforeNextWrite = () -> {};
            interference.run();
            return write(claim, record != null && record.version().equals(version));
        }

        private ElectionInput write(LeaseClaim claim, boolean asCompared) {
            if (silent) {
                return new ElectionInput.Unanswered("silent");
            }
            if (!asCompared) {
                return new ElectionInput.Conflict();
            }
            write(claim.holder(), claim.duration(), claim.term(), claim.address());
            if (loseNextAnswer) {
                loseNextAnswer = false;
                return new ElectionInput.Unanswered("lost");
            }
            return new ElectionInput.Written(record());
        }
    }
}
