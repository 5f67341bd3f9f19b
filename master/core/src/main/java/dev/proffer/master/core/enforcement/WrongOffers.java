package dev.proffer.master.core.enforcement;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.SortedSet;

/**
 * Rescinds the offers that would not have been made under the policy now in force; Mesos rescinds more, after a changed
 * weight all. The newest go first.
 */
public final class WrongOffers {
    private final Cluster cluster;
    private final Books books;
    private final OfferReturns returns;
    private final PolicyInForce inForce;

    public WrongOffers(Desk desk, OfferReturns returns) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.returns = returns;
        this.inForce = desk.policy();
    }

    /** Until limits are kept and what is missing to guarantees is free, or no offer is left that stands in the way. */
    void rescindAfterQuota(Moment now, SortedSet<RolePath> changed) {
        if (changed.isEmpty() || cluster.offers().isEmpty()) {
            return;
        }
        var tally = new QuotaTally(books.figures(), inForce.get().quotas());
        for (var offer : cluster.offers().newestFirst()) {
            if (tally.isOverLimit(offer)) {
                tally.takeBack(offer);
                returns.rescind(now, List.of(offer));
            }
        }
        for (var offer : cluster.offers().newestFirst()) {
            if (tally.isOwedToOthers(offer)) {
                tally.takeBack(offer);
                returns.rescind(now, List.of(offer));
            }
        }
    }

    /**
     * An offer is wrong if a framework waits that could use it and that, were it taken back, would come first: at the level
     * of a role whose weight changed, by the shares of its siblings.
     */
    void rescindAfterWeights(Moment now, SortedSet<RolePath> changed) {
        if (changed.isEmpty() || cluster.offers().isEmpty()) {
            return;
        }
        var waiting = cluster.frameworks().all().stream()
                .filter(Framework::isWaiting)
                .flatMap(framework -> framework.roles().wanting().stream())
                .toList();
        var turns = new Turns(books.figures(), changed, waiting);
        for (var offer : cluster.offers().newestFirst()) {
            if (turns.isOutOfTurn(offer)) {
                turns.takeBack(offer);
                returns.rescind(now, List.of(offer));
            }
        }
    }
}
