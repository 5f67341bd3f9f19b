package dev.proffer.allocator.explain;

import dev.proffer.allocator.books.Cluster;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.order.Claimant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in the tree of roles one slot comes before another. */
final class Precedence {
    private final Cluster cluster;
    private final Slot slot;

    Precedence(Cluster cluster, Slot slot) {
        this.cluster = cluster;
        this.slot = slot;
    }

    /** That {@code other} comes first, by the shares of the two siblings through which both come. */
    Reason of(Slot other) {
        var own = lineage(slot);
        var theirs = lineage(other);
        int depth = 0;
        while (depth < Math.min(own.size(), theirs.size()) - 1 && own.get(depth).equals(theirs.get(depth))) {
            depth++;
        }
        return new Reason.OthersFirst(
                other.framework().id(),
                other.role(),
                theirs.get(depth).path(),
                theirs.get(depth).weightedShare(cluster.pool()),
                own.get(depth).weightedShare(cluster.pool()));
    }

    /** From the top-level role down to the slot. */
    private static List<Claimant> lineage(Slot slot) {
        var lineage = new ArrayList<Claimant>();
        lineage.add(slot);
        lineage.add(slot.leaf());
        for (@Nullable RoleNode node = slot.leaf().node(); node != null && node.above() != null; node = node.above()) {
            lineage.add(node);
        }
        return lineage.reversed();
    }
}
