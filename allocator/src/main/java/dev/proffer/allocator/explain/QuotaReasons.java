package dev.proffer.allocator.explain;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.RoleQuota;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.stages.Stage;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which limit, or whose guarantees, leave too little of which resource. */
final class QuotaReasons {
    private final Cluster cluster;

    QuotaReasons(Cluster cluster) {
        this.cluster = cluster;
    }

    /** For each resource that {@code stage} would have cut. */
    List<Reason> of(Slot slot, Bundle visible, Stage stage) {
        var reasons = new ArrayList<Reason>();
        for (int i = 0; i < visible.plain().length(); i++) {
            long amount = visible.plain().at(i);
            if (amount > stage.room(i)) {
                addLimit(reasons, slot, i, amount);
            }
            if (amount > stage.spare(i)) {
                reasons.add(heldBack(i));
            }
        }
        return reasons;
    }

    /** For each resource of which a limit leaves less than is free. */
    List<Reason> limits(Slot slot, Bundle free) {
        var reasons = new ArrayList<Reason>();
        for (int i = 0; i < free.plain().length(); i++) {
            addLimit(reasons, slot, i, free.plain().at(i));
        }
        return reasons;
    }

    private void addLimit(List<Reason> reasons, Slot slot, int index, long free) {
        RoleQuota below = null;
        for (@Nullable RoleNode node = slot.leaf().node(); node != null; node = node.above()) {
            var quota = node.quota();
            long promised = quota.childrenUnsatisfied().at(index)
                    - (below == null ? 0 : below.unsatisfied().at(index));
            if (quota.room(index) - promised < free && quota.room(index) != Long.MAX_VALUE) {
                long consumed = quota.consumed(index);
                reasons.add(new Reason.LimitReached(
                        node.role(),
                        cluster.names().name(index),
                        quota.limits()
                                .thousandthsByName()
                                .getOrDefault(cluster.names().name(index), 0L),
                        consumed,
                        promised,
                        free));
                return;
            }
            below = quota;
        }
    }

    private Reason heldBack(int index) {
        var roles = new ArrayList<RolePath>();
        for (var node : cluster.roles().all()) {
            if (node.quota().shortfall(index) > 0) {
                roles.add(node.role());
            }
        }
        return new Reason.HeldBack(
                roles,
                cluster.names().name(index),
                cluster.roles().root().quota().unsatisfied().at(index),
                cluster.pool().free().at(index));
    }
}
