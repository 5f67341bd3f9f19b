package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.QuotaChanged;
import dev.proffer.allocator.Limits;
import dev.proffer.allocator.OrderPolicy;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;

/** What administrators decide about roles. */
public final class PolicyBook {
    private final Cluster cluster;

    public PolicyBook(Cluster cluster) {
        this.cluster = cluster;
    }

    public void changeWeight(RolePath role, double weight) {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weight of role '" + role + "' must be positive, but is " + weight);
        }
        cluster.roles().setWeight(role, weight);
    }

    public void changeOrder(RolePath role, OrderPolicy order, int priority) {
        cluster.roles().setOrder(role, order, priority);
    }

    /** Returns whether anyone may get more than before: a guarantee changed, or a limit was raised. */
    public boolean changeQuota(QuotaChanged input) {
        var node = cluster.roles().find(input.role());
        var guaranteesBefore = node == null ? Quantities.NONE : node.quota().guarantees();
        var limitsBefore = node == null ? Limits.NONE : node.quota().limits();
        cluster.roles().setQuota(input.role(), input.guarantees(), input.limits());
        return !guaranteesBefore.equals(input.guarantees()) || isAnyRaised(limitsBefore, input.limits());
    }

    private static boolean isAnyRaised(Limits before, Limits now) {
        return before.thousandthsByName().entrySet().stream().anyMatch(entry -> {
            var limit = now.thousandthsByName().get(entry.getKey());
            return limit == null || limit > entry.getValue();
        });
    }
}
