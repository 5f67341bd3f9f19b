package dev.proffer.master.edge.election;

import dev.proffer.model.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to read, take and renew the Lease, and what follows from the answers. Pure, and confined to one thread.
 *
 * <pre>
 *           the Lease is free, expired or not there yet, and taken
 *   standby ───────────────────────────────────────────────▶ holding ── term stored ──▶ leading ──┐ renewed, or raised
 *      │                                                        │                          │   ◀──┘ to a higher term
 *      │ stop                                                   │ stop, another holder     │
 *      └───────────────────────────▶ over ◀─────────────────────┴──────────────────────────┘
 * </pre>
 *
 * What a leader may do by the Lease alone counts from the sending of its last confirmed write, and the others' patience from
 * its effect: so the first ends before the second by the clock of any of them. A leader that gets no answer leads on, for the
 * agents may carry it; who takes the Lease meanwhile waits until they do not.
 */
final class ElectionCore {
    private final ElectionSettings settings;
    private final Patience patience;

    private Phase phase = Phase.STANDBY;
    private long nextDeadline = Long.MIN_VALUE;
    private long nextClaim = Long.MIN_VALUE;
    private long claimedAt;

    /** Until when the Lease is this master's, in monotonic nanoseconds. */
    private long validUntil = Long.MIN_VALUE;

    /** When a request was last answered, or given up. */
    private long heardAt = Long.MIN_VALUE;

    /** The highest seen anywhere. */
    private long knownTerm;

    /** The term that this master leads in; 0 when it needs one. */
    private long term;

    /** The last term that is kept beside the Lease as this master's. */
    private long storedTerm;

    /** The Lease as last seen; null when it has to be looked at before the next write. */
    private @Nullable LeaseRecord current;

    /** What somebody obeyed that forbids this master's term; judged as soon as the Lease is known to be its own. */
    private ElectionInput.@Nullable TermSeen challenge;

    private final Raises raises = new Raises();
    private @Nullable Standing reported;

    private enum Phase {
        STANDBY,
        /** The Lease is this master's, or was when it was last heard of. */
        HOLDING,
        OVER
    }

    ElectionCore(ElectionSettings settings) {
        this.settings = settings;
        this.patience = new Patience(settings.leaseDuration());
        this.knownTerm = settings.knownTerm();
    }

    /** When TimePassed is due, in monotonic nanoseconds. */
    long nextDeadline() {
        return phase == Phase.OVER ? Long.MAX_VALUE : nextDeadline;
    }

    /**
     * Until when this master may do anything in its term, in monotonic nanoseconds: after that the election itself was held
     * up, and may have news. Far past unless it holds the Lease.
     */
    long actsUntil() {
        return phase == Phase.HOLDING ? heardAt + settings.renewDeadline().toNanos() : Long.MIN_VALUE;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    List<ElectionAction> apply(Moment now, ElectionInput input) {
        var actions = new ArrayList<ElectionAction>();
        if (phase != Phase.OVER) {
            decide(now, input, actions);
        }
        return actions;
    }

    private void decide(Moment now, ElectionInput input, List<ElectionAction> actions) {
        switch (input) {
            case ElectionInput.TimePassed() -> timePassed(now, actions);
            case ElectionInput.Freed() -> {
                if (phase == Phase.STANDBY) {
                    look(now, actions);
                }
            }
            case ElectionInput.Found(var lease) -> {
                heard(now);
                found(now, lease, actions);
            }
            case ElectionInput.Absent() -> {
                heard(now);
                absent(now, actions);
            }
            case ElectionInput.Written(var lease) -> {
                heard(now);
                hold(now, lease, actions);
            }
            case ElectionInput.Conflict() -> {
                heard(now);
                look(now, actions);
            }
            case ElectionInput.Unanswered _ -> {
                heard(now);
                unanswered(now, actions);
            }
            case ElectionInput.TermRead(var kept, var holder) -> {
                heard(now);
                termRead(now, kept, holder, actions);
            }
            case ElectionInput.TermStored(var stored) -> {
                heard(now);
                termStored(stored, actions);
            }
            case ElectionInput.TermUnanswered _ -> heard(now); // Tried again with the next look or renewal.
            case ElectionInput.TermSeen seen -> termSeen(now, seen);
            case ElectionInput.Stop() -> stop(actions);
        }
    }

    private void heard(Moment now) {
        heardAt = now.nanos();
    }

    private void timePassed(Moment now, List<ElectionAction> actions) {
        if (!now.reached(nextDeadline)) {
            return;
        }
        if (phase == Phase.HOLDING && current != null) {
            claim(now, actions);
        } else {
            look(now, actions);
        }
    }

    private void look(Moment now, List<ElectionAction> actions) {
        current = null;
        nextDeadline = now.deadline(settings.retry());
        actions.add(new ElectionAction.Read());
    }

    private void found(Moment now, LeaseRecord lease, List<ElectionAction> actions) {
        knownTerm = Math.max(knownTerm, lease.term());
        current = lease;
        boolean ours = lease.holder().equals(settings.holder());
        boolean free = lease.holder().isEmpty();
        switch (phase) {
            case HOLDING -> {
                if (!ours && !free) {
                    lose("it is held by " + lease.holder(), actions);
                    return;
                }
                if (free && lease.term() > term) {
                    passed(now, lease.term(), actions);
                }
                if (phase == Phase.HOLDING) {
                    claim(now, actions);
                }
            }
            case STANDBY -> {
                if (ours) {
                    hold(now, lease, actions); // The answer to the write that took it was lost on the way.
                } else if (free || patience.exhausted(now, lease)) {
                    actions.add(new ElectionAction.ReadTerm());
                } else {
                    report(new Standing.Following(Optional.of(lease.address()).filter(a -> !a.isEmpty())), actions);
                }
            }
            case OVER -> {}
        }
    }

    private void absent(Moment now, List<ElectionAction> actions) {
        current = null;
        // Whoever held what somebody deleted makes it again, or leads without it until its time is over.
        if (phase == Phase.HOLDING || patience.exhaustedByAbsence(now)) {
            actions.add(new ElectionAction.ReadTerm());
        }
    }

    /** What is kept beside the Lease, asked for before the Lease is taken or made again, or told in place of storing. */
    private void termRead(Moment now, long kept, String holder, List<ElectionAction> actions) {
        boolean higher = kept > knownTerm;
        knownTerm = Math.max(knownTerm, kept);
        boolean anothers = kept > 0 && kept == term && !holder.equals(settings.holder());
        if (phase == Phase.STANDBY) {
            boolean gone = current == null && kept > 0;
            if (!gone || !patience.beginsForUnseen(now, holder)) {
                claim(now, actions);
            }
        } else if (higher || anothers) {
            passed(now, kept, actions);
        } else if (current == null) {
            claim(now, actions);
        }
    }

    /** Writes at once, or at the next deadline if the last write was just now: a hot loop helps nobody. */
    private void claim(Moment now, List<ElectionAction> actions) {
        if (!now.reached(nextClaim)) {
            nextDeadline = nextClaim;
            return;
        }
        claimedAt = now.nanos();
        nextClaim = now.deadline(settings.retry());
        nextDeadline = nextClaim;
        long claimed = phase == Phase.HOLDING && term > 0 ? term : knownTerm + 1;
        var claim = new LeaseClaim(settings.holder(), settings.leaseDuration(), claimed, settings.address());
        actions.add(
                current == null
                        ? new ElectionAction.Create(claim)
                        : new ElectionAction.Replace(current.version(), claim));
    }

    /** The Lease is this master's. It leads once its term is kept where it outlives the Lease. */
    private void hold(Moment now, LeaseRecord lease, List<ElectionAction> actions) {
        current = lease;
        knownTerm = Math.max(knownTerm, lease.term());
        validUntil = claimedAt + settings.renewDeadline().toNanos();
        phase = Phase.HOLDING;
        term = lease.term();
        actions.add(new ElectionAction.Confirm(validUntil));
        if (isChallenged() && raises.take(now)) {
            raise(now);
            return;
        }
        if (storedTerm == term) {
            report(new Standing.Leading(term, settings.holder()), actions);
        } else {
            actions.add(new ElectionAction.StoreTerm(term));
        }
    }

    private void termStored(long stored, List<ElectionAction> actions) {
        storedTerm = stored;
        if (phase == Phase.HOLDING && stored == term) {
            report(new Standing.Leading(term, settings.holder()), actions);
        }
    }

    private void unanswered(Moment now, List<ElectionAction> actions) {
        patience.interrupted();
        current = null; // A write may have gone through all the same.
        nextDeadline = Math.max(now.nanos(), nextDeadline);
        if (reported == null) {
            report(new Standing.Following(Optional.empty()), actions);
        }
    }

    /**
     * While the Lease is this master's, a higher term is taken, or those who obeyed that one would never obey this. While it is
     * not known whose the Lease is, nothing follows: what agents say of another leader then is for the state to judge, which
     * knows how many still acknowledge this one.
     */
    private void termSeen(Moment now, ElectionInput.TermSeen seen) {
        knownTerm = Math.max(knownTerm, seen.term());
        if (phase != Phase.HOLDING) {
            return;
        }
        if (challenge == null || seen.term() >= challenge.term()) {
            challenge = seen;
        }
        if (isChallenged() && !now.reached(validUntil) && raises.take(now)) {
            raise(now);
        }
    }

    private boolean isChallenged() {
        return challenge != null
                && (challenge.term() > term
                        || (challenge.term() == term && !challenge.holder().equals(settings.holder())));
    }

    /** Somebody led in that term. While the Lease is this master's, it is over, and this one's must be higher. */
    private void passed(Moment now, long seen, List<ElectionAction> actions) {
        if (now.reached(validUntil)) {
            lose("it was not renewed in time, and term " + seen + " has begun", actions);
            return;
        }
        raise(now);
    }

    private void raise(Moment now) {
        challenge = null;
        term = 0;
        nextClaim = now.nanos();
        nextDeadline = now.nanos();
    }

    private void stop(List<ElectionAction> actions) {
        if (phase == Phase.HOLDING && current != null) {
            var nobody = new LeaseClaim("", settings.leaseDuration(), knownTerm, "");
            actions.add(new ElectionAction.Replace(current.version(), nobody));
        }
        phase = Phase.OVER;
    }

    private void lose(String why, List<ElectionAction> actions) {
        phase = Phase.OVER;
        report(new Standing.Lost("the Lease is lost: " + why), actions);
    }

    private void report(Standing standing, List<ElectionAction> actions) {
        if (!standing.equals(reported)) {
            reported = standing;
            actions.add(new ElectionAction.Report(standing));
        }
    }
}
