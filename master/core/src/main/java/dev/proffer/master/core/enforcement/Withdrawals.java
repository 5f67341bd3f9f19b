package dev.proffer.master.core.enforcement;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.master.core.frameworks.Subscriptions;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.policy.AdmissionRules.Verdict;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.util.LinkedHashSet;

/**
 * Looks again at those who are subscribed. Who is no longer admitted loses the stream, not its tasks: it may come back as
 * after a failover. A role that is no longer granted loses its offers; tasks go on.
 */
public final class Withdrawals {
    /** Each may hold many offers. */
    private static final int MOST_EXPELLED_AT_ONCE = 100;

    private final Cluster cluster;
    private final Books books;
    private final Admissions admissions;
    private final Subscriptions subscriptions;
    private final OfferReturns returns;
    private final Timers<Timer> timers;
    private final LinkedHashSet<FrameworkId> unreviewed = new LinkedHashSet<>();

    public Withdrawals(Desk desk, Admissions admissions, Subscriptions subscriptions, OfferReturns returns) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.admissions = admissions;
        this.subscriptions = subscriptions;
        this.returns = returns;
        this.timers = desk.timers();
    }

    /** The policy changed: all are to be looked at again, some now, the rest in turns of their own. */
    void review(Moment now) {
        cluster.frameworks().all().forEach(framework -> unreviewed.add(framework.id()));
        proceed(now);
    }

    /** The timer's work. */
    public void proceed(Moment now) {
        int expelled = 0;
        while (!unreviewed.isEmpty() && expelled < MOST_EXPELLED_AT_ONCE) {
            var framework = cluster.frameworks().find(unreviewed.removeFirst()).filter(Framework::isConnected);
            framework.ifPresent(each -> review(now, each));
            if (!framework.map(Framework::isConnected).orElse(true)) {
                expelled++;
            }
        }
        if (!unreviewed.isEmpty()) {
            timers.set(new Timer.Review(), now.nanos());
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
