package dev.proffer.master.core.enforcement;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.master.core.frameworks.Subscriptions;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.policy.AdmissionRules.Verdict;
import dev.proffer.model.Moment;
import java.util.List;

/**
 * Looks again at those who are subscribed. Who is no longer admitted loses the stream, not its tasks: it may come back as
 * after a failover. A role that is no longer granted loses its offers; tasks go on.
 */
public final class Withdrawals {
    private final Cluster cluster;
    private final Books books;
    private final Admissions admissions;
    private final Subscriptions subscriptions;
    private final OfferReturns returns;

    public Withdrawals(Desk desk, Admissions admissions, Subscriptions subscriptions, OfferReturns returns) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.admissions = admissions;
        this.subscriptions = subscriptions;
        this.returns = returns;
    }

    void review(Moment now) {
        for (var framework : List.copyOf(cluster.frameworks().all())) {
            if (framework.isConnected()) {
                review(now, framework);
            }
        }
    }

    private void review(Moment now, Framework framework) {
        switch (admissions.judgeAgain(framework)) {
            case Verdict.Refused(var problem) -> subscriptions.expel(now, framework, problem);
            case Verdict.Admitted(var as) -> {
                framework.admit(framework.principal(), as);
                reviewRoles(now, framework);
            }
        }
    }

    private void reviewRoles(Moment now, Framework framework) {
        var withheld = admissions.withheldRoles(framework);
        if (!withheld.equals(framework.roles().withheld())) {
            framework.choose(framework.roles().withhold(withheld));
            books.changed(now, framework);
            returns.rescind(
                    now,
                    framework.offers().stream()
                            .filter(offer -> withheld.contains(offer.role()))
                            .toList());
        }
    }
}
