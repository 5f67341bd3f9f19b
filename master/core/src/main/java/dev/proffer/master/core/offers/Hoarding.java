package dev.proffer.master.core.offers;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rescinds offers that a framework sits on, once they are old and another framework waits that could use them. Unlike
 * Mesos' offer time-out, nobody loses an offer that nobody else wants.
 */
public final class Hoarding {
    /** How often in an offer's time-out an old one is looked at again. */
    private static final int LOOKS = 8;

    private final Cluster cluster;
    private final OfferReturns returns;
    private final Timers<Timer> timers;
    private final Duration timeout;

    public Hoarding(Desk desk, OfferReturns returns, Duration timeout) {
        this.cluster = desk.cluster();
        this.returns = returns;
        this.timers = desk.timers();
        this.timeout = timeout;
    }

    /** Makes sure that somebody looks when the oldest offer is old. */
    void watch(Moment now) {
        var timer = new Timer.OldOffers();
        if (!timers.isSet(timer)) {
            cluster.offers().all().stream()
                    .findFirst()
                    .ifPresent(
                            oldest -> timers.set(timer, Math.max(due(oldest), now.deadline(timeout.dividedBy(LOOKS)))));
        }
    }

    /** The timer's work. What the hoarder loses goes to the others first: it is refused in its name for a while. */
    public void rescindOld(Moment now) {
        for (var offer : List.copyOf(cluster.offers().all())) {
            if (!now.reached(due(offer))) {
                break;
            }
            if (someoneWaitsFor(offer)) {
                returns.rescind(now, offer, Optional.of(Refusal.DEFAULT));
            }
        }
        watch(now);
    }

    private long due(OfferSnapshot offer) {
        return offer.madeAt().deadline(timeout);
    }

    private boolean someoneWaitsFor(OfferSnapshot offer) {
        return cluster.frameworks().all().stream()
                .anyMatch(framework -> !framework.id().equals(offer.framework()) && couldUse(framework, offer));
    }

    private static boolean couldUse(Framework framework, OfferSnapshot offer) {
        return framework.isWaiting()
                && framework.roles().wanting().stream()
                        .anyMatch(role -> !offer.resources().allocatableTo(role).isEmpty());
    }
}
