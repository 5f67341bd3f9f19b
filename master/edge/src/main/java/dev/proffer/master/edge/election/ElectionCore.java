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
 *   standby ───────────────────────────────────────────────▶ leading ──┐ renewed, or raised to a higher term
 *      │                                                        │   ◀──┘
 *      │ stop               stop, another holder, not renewed   │
 *      └─────────────────────────▶ over ◀───────────────────────┘
 * </pre>
 *
 * What a leader may do counts from the sending of its last confirmed write, and the others' patience from its effect: so
 * the first ends before the second by the clock of any of them.
 */
final class ElectionCore {
    private final ElectionSettings settings;
    private final Patience patience;

    private Phase phase = Phase.STANDBY;
    private long nextDeadline = Long.MIN_VALUE;
    private long nextClaim = Long.MIN_VALUE;
    private long claimedAt;
    private long validUntil;

    /** The highest seen anywhere. */
    private long knownTerm;

    /** The term that this master leads in; 0 when it needs one. */
    private long term;

    /** The Lease as last seen; null when it has to be looked at before the next write. */
    private @Nullable LeaseRecord current;

    private @Nullable Standing reported;

    private enum Phase {
        STANDBY,
        LEADING,
        OVER
    }

    ElectionCore(ElectionSettings settings) {
        this.settings = settings;
        this.patience = new Patience(settings.leaseDuration());
        this.knownTerm = settings.knownTerm();
    }

    /** When TimePassed is due, in monotonic nanoseconds. */
    long nextDeadline() {
        return switch (phase) {
            case STANDBY -> nextDeadline;
            case LEADING -> Math.min(nextDeadline, validUntil);
            case OVER -> Long.MAX_VALUE;
        };
    }

    /** Until when this master may act without a further renewal, in monotonic nanoseconds; far past unless it leads. */
    long validUntil() {
        return phase == Phase.LEADING ? validUntil : Long.MIN_VALUE;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    List<ElectionAction> apply(Moment now, ElectionInput input) {
        var actions = new ArrayList<ElectionAction>();
        if (phase == Phase.LEADING && now.reached(validUntil)) {
            lose("it was not renewed for " + settings.renewDeadline().toMillis() + " ms", actions);
        }
        if (phase != Phase.OVER) {
            decide(now, input, actions);
        }
        return actions;
    }

    private void decide(Moment now, ElectionInput input, List<ElectionAction> actions) {
        switch (input) {
            case ElectionInput.TimePassed() -> timePassed(now, actions);
            case ElectionInput.Found(var lease) -> found(now, lease, actions);
            case ElectionInput.Absent() -> absent(now, actions);
            case ElectionInput.Written(var lease) -> lead(now, lease, actions);
            case ElectionInput.Conflict() -> look(now, actions);
            case ElectionInput.Unanswered _ -> unanswered(now, actions);
            case ElectionInput.TermSeen(var seen, var holder) -> termSeen(now, seen, holder);
            case ElectionInput.Stop() -> stop(actions);
        }
    }

    private void timePassed(Moment now, List<ElectionAction> actions) {
        if (!now.reached(nextDeadline)) {
            return;
        }
        if (phase == Phase.LEADING && current != null) {
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
            case LEADING -> {
                if (ours || free) {
                    claim(now, actions);
                } else {
                    lose("it is held by " + lease.holder(), actions);
                }
            }
            case STANDBY -> {
                if (ours) {
                    lead(now, lease, actions); // The answer to the write that took it was lost on the way.
                } else if (free || patience.exhausted(now, lease)) {
                    claim(now, actions);
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
        if (phase == Phase.LEADING || patience.exhaustedByAbsence(now)) {
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
        long claimed = phase == Phase.LEADING && term > 0 ? term : knownTerm + 1;
        var claim = new LeaseClaim(settings.holder(), settings.leaseDuration(), claimed, settings.address());
        actions.add(
                current == null
                        ? new ElectionAction.Create(claim)
                        : new ElectionAction.Replace(current.version(), claim));
    }

    private void lead(Moment now, LeaseRecord lease, List<ElectionAction> actions) {
        current = lease;
        knownTerm = Math.max(knownTerm, lease.term());
        validUntil = claimedAt + settings.renewDeadline().toNanos();
        phase = Phase.LEADING;
        if (now.reached(validUntil)) {
            lose("the answer to taking it came too late", actions);
        } else {
            term = lease.term();
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

    private void termSeen(Moment now, long seen, String holder) {
        boolean beyondOurs = seen > term || (seen == term && !holder.equals(settings.holder()));
        knownTerm = Math.max(knownTerm, seen);
        if (phase == Phase.LEADING && beyondOurs) {
            term = 0;
            nextClaim = now.nanos();
            nextDeadline = now.nanos();
        }
    }

    private void stop(List<ElectionAction> actions) {
        if (phase == Phase.LEADING && current != null) {
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
