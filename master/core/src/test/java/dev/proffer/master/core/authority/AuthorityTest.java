package dev.proffer.master.core.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.authority.Authority.Verdict;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.MasterInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Term 8 of master "new"; before it, term 7 belonged to "old". */
class AuthorityTest {
    private static final TermHolder OLD = term(7, "old");
    private static final TermHolder SELF = term(8, "new");
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Authority authority =
            new Authority(new Leadership(8, "new", "cluster", "m1", MasterInfo.getDefaultInstance()));
    private Moment now = new Moment(-7_000_000_000L, Instant.EPOCH);

    // (a) A new leader

    @Test
    void nothingIsOfferedBeforeTheRegistryIsRead() {
        leaseConfirmed();
        assertActing(false);
        assertThat(authority.nextDue()).isEqualTo(Long.MAX_VALUE);
        authority.registryRead(List.of());
        assertActing(true);
    }

    @Test
    void emptyElectorateYieldsAtOnce() {
        begin(0);
        assertActing(true);
    }

    @Test
    void halfOfTheElectorateIsEnoughAndLessIsNot() {
        for (int size = 1; size <= 9; size++) {
            var fresh = new AuthorityTest();
            fresh.begin(size);
            for (int accepted = 0; accepted <= size; accepted++) {
                fresh.assertActing(2 * accepted >= size);
                fresh.accept(accepted, fresh.free());
            }
        }
    }

    @Test
    void agentsThatTheRegistryDidNotKnowDoNotCount() {
        begin(2);
        for (int stranger = 10; stranger < 20; stranger++) {
            join(stranger);
            accept(stranger, free());
            joined(stranger);
        }
        assertActing(false);
    }

    @Test
    void acknowledgementOfTheOldMasterIsWaitedOut() {
        begin(2);
        accept(0, obeyed(OLD, Duration.ofSeconds(4)));
        await(Duration.ofSeconds(11));
        assertActing(false);
        assertThat(authority.nextDue()).isGreaterThan(now.nanos());
        await(Duration.ofNanos(authority.nextDue() - now.nanos()));
        assertActing(true);
    }

    @Test
    void noTimeOutReplacesTheAgentsWord() {
        begin(3);
        accept(0, free());
        await(Duration.ofDays(30));
        assertActing(false);
    }

    @Test
    void whoWasToldThatTheTermIsOverIsFreeAtOnce() {
        begin(1);
        accept(0, free().setAccepted(OLD).setAcceptedIsOver(true));
        assertActing(true);
    }

    @Test
    void endOfTheLastTermDoesNotFreeOfTheOneBefore() {
        begin(1);
        accept(
                0,
                free().setAccepted(OLD)
                        .setAcceptedIsOver(true)
                        .setEarlierAcknowledgedNanosAgo(Duration.ofSeconds(5).toNanos()));
        await(Duration.ofSeconds(10));
        assertActing(false);
        await(Duration.ofSeconds(1));
        assertActing(true);
    }

    @Test
    void agentThatAcceptedThisMasterAndLostTheLinkIsStillBoundToTheOld() {
        begin(1);
        var hello = free().setAccepted(SELF)
                .setAcknowledgedNanosAgo(0)
                .setEarlierAcknowledgedNanosAgo(Duration.ofSeconds(3).toNanos());
        accept(0, hello);
        await(Duration.ofSeconds(12));
        assertActing(false);
        await(Duration.ofSeconds(1));
        assertActing(true);
    }

    @Test
    void sameTermOfAnotherHolderIsAnother() {
        begin(1);
        accept(0, obeyed(term(8, "impostor"), Duration.ZERO));
        await(Duration.ofSeconds(15));
        assertActing(false);
        await(Duration.ofSeconds(1));
        assertActing(true);
    }

    @Test
    void whoLeavesOutTheFigureMayBeBoundUntilNow() {
        begin(1);
        accept(0, free().setAccepted(OLD));
        await(Duration.ofSeconds(15));
        assertActing(false);
        await(Duration.ofSeconds(1));
        assertActing(true);
    }

    @Test
    void absurdFiguresAreClamped() {
        begin(2);
        accept(0, free().setAccepted(OLD).setAcknowledgedNanosAgo(-1));
        assertActing(false);
        accept(1, free().setAccepted(OLD).setAcknowledgedNanosAgo(Long.MAX_VALUE));
        assertActing(true);
    }

    @Test
    void comingBackDoesNotMakeAnAgentWaitAnew() {
        begin(1);
        accept(0, obeyed(OLD, Duration.ZERO));
        await(Duration.ofSeconds(10));
        accept(0, obeyed(OLD, Duration.ZERO)); // A restart, say: it does not know better.
        await(Duration.ofSeconds(6));
        assertActing(true);
    }

    @Test
    void removedAgentsLeaveTheElectorate() {
        begin(4);
        accept(0, free());
        assertActing(false);
        authority.forgotten(id(3));
        assertActing(false);
        authority.forgotten(id(2));
        assertActing(true);
    }

    @Test
    void removalBeingWrittenChangesNothing() {
        begin(2);
        leave(0);
        leave(1);
        assertActing(false);
    }

    @Test
    void removedAgentTakesItsVoiceAlong() {
        begin(4);
        accept(0, free());
        authority.forgotten(id(0));
        accept(1, free());
        assertActing(false);
        accept(2, free());
        assertActing(true);
    }

    @Test
    void agentsThatCameBeforeTheRegistryWasReadCount() {
        leaseConfirmed();
        accept(0, free());
        accept(1, obeyed(OLD, Duration.ofSeconds(14)));
        authority.registryRead(registered(0, 3));
        assertActing(false);
        await(Duration.ofMillis(1_200));
        assertActing(true);
    }

    @Test
    void onceYieldedItStays() {
        begin(2);
        accept(0, free());
        assertActing(true);
        authority.forgotten(id(0));
        join(7);
        joined(7);
        assertActing(true);
    }

    // (b) A leader that cannot renew

    @Test
    void leaderActsWhileTheLeaseIsRenewedWhateverAgentsSay() {
        acting(9);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(9));
            leaseConfirmed();
            assertActing(true);
        }
    }

    @Test
    void withoutLeaseAndAcknowledgementsItEndsWithTheLease() {
        acting(1);
        authority.registryRead(List.of());
        pass(Duration.ofSeconds(30));
        leaseConfirmed();
        assertActing(true);
        assertThat(authority.nextDue()).isEqualTo(now.deadline(LEASE));
        pass(LEASE.minusNanos(1));
        assertActing(true);
        pass(Duration.ofNanos(1));
        assertThat(authority.judge(now)).isEqualTo(Verdict.LOST);
        assertThat(authority.objection(now)).contains("0 of 1").contains("Lease");
    }

    @Test
    void moreThanHalfIsNeededExactly() {
        for (int size = 1; size <= 9; size++) {
            for (int loyal = 0; loyal <= size; loyal++) {
                var fresh = new AuthorityTest();
                fresh.acting(size);
                fresh.pass(Duration.ofMinutes(1));
                for (int agent = 0; agent < loyal; agent++) {
                    fresh.acknowledge(agent);
                }
                fresh.assertActing(2 * loyal > size);
            }
        }
    }

    @Test
    void acknowledgementCountsFromTheSendingOfItsPing() {
        acting(1);
        pass(Duration.ofMinutes(1));
        long sent = now.nanos();
        pass(Duration.ofSeconds(12)); // The answer takes its time.
        authority.acknowledged(id(0), sent);
        assertActing(true);
        assertThat(authority.nextDue()).isEqualTo(sent + Duration.ofSeconds(15).toNanos());
        pass(Duration.ofSeconds(3).minusNanos(1));
        assertActing(true);
        pass(Duration.ofNanos(1));
        assertActing(false);
    }

    @Test
    void lateAnswerToAnOldPingDoesNotReplaceALaterOne() {
        acting(1);
        pass(Duration.ofMinutes(1));
        long old = now.nanos();
        pass(Duration.ofSeconds(5));
        acknowledge(0);
        authority.acknowledged(id(0), old);
        pass(Duration.ofSeconds(14));
        assertActing(true);
    }

    @Test
    void acceptingTheTermAcknowledgesIt() {
        begin(1);
        accept(0, free());
        pass(Duration.ofSeconds(14));
        assertActing(true);
        pass(Duration.ofSeconds(1));
        assertActing(false);
    }

    @Test
    void unconfirmedAdmissionsCountInTheTotalOnly() {
        acting(2);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        acknowledge(1);
        assertActing(true);
        join(2);
        accept(2, free());
        assertActing(true); // 2 of 3
        join(3);
        accept(3, free());
        assertActing(false); // 2 of 4
        joined(3);
        assertActing(true); // 3 of 4
    }

    @Test
    void unconfirmedRemovalsCountInTheTotalOnly() {
        acting(4);
        pass(Duration.ofMinutes(1));
        IntStream.range(0, 3).forEach(this::acknowledge);
        assertActing(true); // 3 of 4
        leave(0);
        assertActing(false); // 2 of 4
        authority.forgotten(id(0));
        assertActing(true); // 2 of 3
    }

    @Test
    void agentThatIsAdmittedAnewWhileItsRemovalIsUnderWayCountsWhenThatIsConfirmed() {
        acting(1);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        leave(0);
        assertActing(false);
        join(0);
        assertActing(false);
        authority.forgotten(id(0));
        assertActing(false);
        joined(0);
        assertActing(true);
    }

    @Test
    void admissionDoesNotTurnAMemberIntoACandidate() {
        acting(1);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        join(0);
        assertActing(true);
    }

    @Test
    void lateWordOfAnEarlierAdmissionIsNone() {
        acting(2);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        acknowledge(1);
        var first = registered(2);
        authority.writing(new MasterEffect.StoreAgent(first));
        leave(2);
        authority.writing(new MasterEffect.StoreAgent(first.with(Standing.UNREACHABLE, Instant.MAX)));
        join(3);
        accept(2, free());
        assertActing(false); // 2 of 4
        authority.stored(first);
        assertActing(false);
        authority.stored(first.with(Standing.UNREACHABLE, Instant.MAX));
        assertActing(true); // 3 of 4
    }

    @Test
    void markThatAnAgentIsGoneCountsAsItsRemoval() {
        acting(3);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        assertActing(false);
        for (int gone = 1; gone < 3; gone++) {
            authority.writing(new MasterEffect.StoreAgent(registered(gone).with(Standing.GONE, Instant.EPOCH)));
            assertActing(false);
            authority.left(id(gone));
        }
        assertActing(true);
    }

    @Test
    void goneAgentsBelongToNoElectorate() {
        leaseConfirmed();
        authority.registryRead(List.of(
                registered(0).with(Standing.GONE, Instant.EPOCH), registered(1).with(Standing.GONE, Instant.EPOCH)));
        assertActing(true);
    }

    @Test
    void unreachableAgentsBelongToTheElectorate() {
        leaseConfirmed();
        authority.registryRead(List.of(registered(0).with(Standing.UNREACHABLE, Instant.EPOCH)));
        assertActing(false);
    }

    @Test
    void agentsWhoseMachineIsNoneAnyMoreAreNotWaitedForButStayInTheTotal() {
        begin(4);
        accept(0, free());
        authority.excuse(id(2));
        authority.excuse(id(2));
        assertActing(false);
        authority.excuse(id(3));
        assertActing(true);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        acknowledge(1);
        assertActing(false); // 2 of 4
        acknowledge(2);
        assertActing(true);
    }

    @Test
    void registryIsLeftAloneUnlessThisMasterActsByItsLease() {
        begin(2);
        judge();
        assertThat(authority.mayWrite(now)).isFalse();
        accept(0, free());
        judge();
        assertThat(authority.mayWrite(now)).isTrue();
        pass(LEASE);
        accept(0, free());
        accept(1, free());
        assertActing(true);
        assertThat(authority.mayWrite(now)).isFalse();
    }

    @Test
    void removalOfAnUnknownAgentChangesNothing() {
        acting(1);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        leave(5);
        authority.forgotten(id(6));
        assertActing(true);
    }

    @Test
    void silentMembersOfAnOutageCountInTheTotal() {
        acting(5);
        pass(Duration.ofMinutes(1));
        acknowledge(0);
        acknowledge(1);
        assertActing(false);
        acknowledge(2);
        assertActing(true);
        pass(Duration.ofSeconds(10));
        acknowledge(0);
        acknowledge(1);
        pass(Duration.ofSeconds(5));
        assertActing(false); // The third fell silent.
    }

    @Test
    void acknowledgementsAloneCarryItThroughALongOutage() {
        acting(3);
        for (int round = 0; round < 1_000; round++) {
            acknowledge(round % 3);
            acknowledge((round + 1) % 3);
            pass(Duration.ofSeconds(5));
            assertActing(true);
        }
    }

    @Test
    void renewedLeaseGivesItBackAtOnce() {
        acting(3);
        pass(Duration.ofMinutes(1));
        assertActing(false);
        assertThat(authority.nextDue()).isEqualTo(Long.MAX_VALUE);
        leaseConfirmed();
        assertThat(authority.judge(now)).isEqualTo(Verdict.GAINED);
    }

    @Test
    void oldNewsOfTheLeaseDoesNotShortenIt() {
        acting(3);
        long until = now.deadline(LEASE);
        authority.leaseConfirmed(until - 1);
        now = new Moment(until - 1, Instant.EPOCH);
        assertActing(true);
    }

    @Test
    void newLeaderThatCannotRenewIsHeldBackToo() {
        begin(2);
        pass(Duration.ofMinutes(1));
        accept(0, free());
        assertActing(false); // Yielded, but one of two is no majority.
        accept(1, free());
        assertActing(true);
    }

    @Test
    void pauseOfTheProcessEndsItBeforeAnythingIsDone() {
        acting(3);
        IntStream.range(0, 3).forEach(this::acknowledge);
        pass(Duration.ofSeconds(35));
        assertThat(authority.judge(now)).isEqualTo(Verdict.LOST);
    }

    // (c) A leader that is followed by another

    @Test
    void leaderThatAgentsLeaveWhileItCannotRenewGivesWayWhenItHasNoMajority() {
        acting(3);
        pass(Duration.ofMinutes(1));
        IntStream.range(0, 3).forEach(this::acknowledge);
        depart(0, term(9, "next"));
        assertActing(true); // 2 of 3
        assertThat(authority.successor(now)).isEmpty();
        depart(1, term(9, "next"));
        assertActing(false);
        assertThat(authority.successor(now)).contains(term(9, "next"));
    }

    @Test
    void oneHostileAgentDethronesNobody() {
        acting(3);
        pass(Duration.ofMinutes(1));
        depart(0, term(99, "nobody"));
        for (int round = 0; round < 100; round++) {
            acknowledge(1);
            acknowledge(2);
            pass(Duration.ofSeconds(5));
            assertActing(true);
            assertThat(authority.successor(now)).isEmpty();
        }
    }

    @Test
    void whileTheApiServerAnswersTheLeaseIsBelieved() {
        acting(3);
        IntStream.range(0, 3).forEach(agent -> depart(agent, term(9, "next")));
        assertActing(true);
        assertThat(authority.successor(now)).isEmpty();
    }

    @Test
    void whoIsNoMemberSaysNothing() {
        acting(3);
        accept(7, free());
        pass(Duration.ofMinutes(1));
        depart(7, term(9, "next"));
        assertActing(false);
        assertThat(authority.successor(now)).isEmpty();
    }

    @Test
    void lowerTermsAndItsOwnAreNoSuccessors() {
        acting(1);
        pass(Duration.ofMinutes(1));
        depart(0, OLD);
        depart(0, SELF);
        assertActing(false);
        assertThat(authority.successor(now)).isEmpty();
        depart(0, term(8, "impostor"));
        assertThat(authority.successor(now)).contains(term(8, "impostor"));
    }

    @Test
    void agentThatComesBackHasNotLeft() {
        acting(1);
        pass(Duration.ofMinutes(1));
        depart(0, term(9, "next"));
        accept(0, free());
        assertActing(true);
        pass(Duration.ofMinutes(1));
        assertActing(false);
        assertThat(authority.successor(now)).isEmpty();
    }

    private void depart(int agent, TermHolder to) {
        authority.departed(id(agent), to);
    }

    private void begin(int size) {
        leaseConfirmed();
        authority.registryRead(registered(0, size));
    }

    /** Leads, after the agents' free choice. */
    private void acting(int size) {
        begin(size);
        IntStream.range(0, size).forEach(agent -> accept(agent, free()));
        assertActing(true);
    }

    private void leaseConfirmed() {
        authority.leaseConfirmed(now.deadline(LEASE));
    }

    private void accept(int agent, Hello.Builder hello) {
        authority.accepted(id(agent), authority.freeAt(now, hello.build()), now.nanos());
    }

    private void join(int agent) {
        authority.writing(new MasterEffect.StoreAgent(registered(agent)));
    }

    private void joined(int agent) {
        authority.stored(registered(agent));
    }

    private void leave(int agent) {
        authority.writing(new MasterEffect.ForgetAgent(id(agent)));
    }

    private void acknowledge(int agent) {
        authority.acknowledged(id(agent), now.nanos());
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** Time passes in which the Lease is renewed. */
    private void await(Duration time) {
        pass(time);
        leaseConfirmed();
    }

    private void judge() {
        authority.judge(now);
    }

    private void assertActing(boolean expected) {
        judge();
        assertThat(authority.isActing()).isEqualTo(expected);
    }

    private Hello.Builder free() {
        return Hello.newBuilder()
                .setInfo(AgentInfo.newBuilder().setHostname("host"))
                .setVersion("1")
                .setBootId("boot");
    }

    private Hello.Builder obeyed(TermHolder other, Duration ago) {
        return free().setAccepted(other).setAcknowledgedNanosAgo(ago.toNanos());
    }

    private static TermHolder term(long number, String holder) {
        return TermHolder.newBuilder().setTerm(number).setHolder(holder).build();
    }

    private static List<RegisteredAgent> registered(int from, int to) {
        return IntStream.range(from, to).mapToObj(AuthorityTest::registered).toList();
    }

    private static RegisteredAgent registered(int number) {
        var info = AgentInfo.newBuilder().setHostname("host").setId(WireIds.of(id(number)));
        return new RegisteredAgent(
                id(number),
                info.build(),
                Optional.empty(),
                "1",
                Standing.ADMITTED,
                Instant.EPOCH,
                Optional.empty(),
                AgentPolicy.NONE,
                NodeState.USUAL);
    }

    private static AgentId id(int number) {
        return new AgentId("m0-S" + number);
    }
}
