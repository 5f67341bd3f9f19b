package dev.proffer.master.core.enforcement;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.agents.Labelling;
import dev.proffer.master.core.agents.Recovery;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.reservations.Reservations;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts a policy in the place of the one in force: tells the allocator what differs, then takes back what has become wrong. */
public final class PolicyChanges {
    private final PolicyInForce inForce;
    private final Books books;
    private final WrongOffers wrongOffers;
    private final Withdrawals withdrawals;
    private final Teardowns teardowns;
    private final Labelling labelling;
    private final Reservations reservations;
    private final Recovery recovery;
    private boolean termHasBegun;

    public PolicyChanges(
            Desk desk,
            WrongOffers wrongOffers,
            Withdrawals withdrawals,
            Teardowns teardowns,
            Labelling labelling,
            Reservations reservations,
            Recovery recovery) {
        this.inForce = desk.policy();
        this.books = desk.books();
        this.wrongOffers = wrongOffers;
        this.withdrawals = withdrawals;
        this.teardowns = teardowns;
        this.labelling = labelling;
        this.reservations = reservations;
        this.recovery = recovery;
    }

    public void change(Moment now, Policy policy) {
        var before = inForce.get();
        teardowns.prepare(now, before, policy);
        inForce.replace(policy);
        withdrawals.review(now);
        changeOrders(now, before, policy);
        var weights = changeWeights(now, before, policy);
        var quotas = changeQuotas(now, before, policy);
        if (!termHasBegun && !policy.quotas().isEmpty()) {
            recovery.quotaIsSet(now);
        }
        termHasBegun = true;
        if (!before.pools().equals(policy.pools())) {
            labelling.poolsChanged(now);
        }
        reservations.declare(policy.reservations());
        wrongOffers.rescindAfterQuota(now, quotas);
        wrongOffers.rescindAfterWeights(now, weights);
    }

    private void changeOrders(Moment now, Policy before, Policy after) {
        for (var role : rolesOf(before, after)) {
            var old = before.role(role);
            var fresh = after.role(role);
            if (old.order() != fresh.order() || old.priority() != fresh.priority()) {
                books.orderChanged(now, role, fresh.order(), fresh.priority());
            }
        }
    }

    /** Returns the roles whose weight changed. */
    private SortedSet<RolePath> changeWeights(Moment now, Policy before, Policy after) {
        var changed = rolesOf(before, after);
        changed.removeIf(role -> before.role(role).weight() == after.role(role).weight());
        changed.forEach(role -> books.weightChanged(now, role, after.role(role).weight()));
        return changed;
    }

    /** Returns the roles whose quota changed. */
    private SortedSet<RolePath> changeQuotas(Moment now, Policy before, Policy after) {
        var changed = new TreeSet<>(before.quotas().keySet());
        changed.addAll(after.quotas().keySet());
        changed.removeIf(role -> before.quota(role).equals(after.quota(role)));
        changed.forEach(role -> books.quotaChanged(now, role, after.quota(role)));
        return changed;
    }

    private static SortedSet<RolePath> rolesOf(Policy before, Policy after) {
        var roles = new TreeSet<>(before.roles().keySet());
        roles.addAll(after.roles().keySet());
        return roles;
    }
}
