package dev.proffer.allocator.stages;

import dev.proffer.allocator.books.RoleLeaf;
import dev.proffer.allocator.books.RoleNode;
import dev.proffer.allocator.books.RoleQuota;
import org.jspecify.annotations.Nullable;

/**
 * How much more a role may consume. A limit binds its whole subtree, less what is still missing to guarantees of other
 * branches below it. In Mesos it binds only its own role.
 */
final class Room {
    private final boolean ownLimitsOnly;
    private @Nullable RoleLeaf leaf;
    private boolean limited;

    Room(boolean ownLimitsOnly) {
        this.ownLimitsOnly = ownLimitsOnly;
    }

    void turnTo(RoleLeaf role) {
        leaf = role;
        limited = false;
        for (RoleNode node = role.node(); node != null; node = above(node)) {
            limited |= node.quota().hasLimits();
        }
    }

    private @Nullable RoleNode above(RoleNode node) {
        return ownLimitsOnly ? null : node.above();
    }

    /** The largest {@code long} if there is no limit. */
    long of(int index) {
        if (!limited || leaf == null) {
            return Long.MAX_VALUE;
        }
        if (ownLimitsOnly) {
            return leaf.node().quota().room(index);
        }
        long room = Long.MAX_VALUE;
        RoleQuota below = null;
        for (RoleNode node = leaf.node(); node != null; node = above(node)) {
            room = Math.min(room, roomAt(node.quota(), below, index));
            below = node.quota();
        }
        return room;
    }

    private static long roomAt(RoleQuota quota, @Nullable RoleQuota below, int index) {
        long room = quota.room(index);
        if (room == Long.MAX_VALUE) {
            return room;
        }
        long ownBranch = below == null ? 0 : below.unsatisfied().at(index);
        long promisedToOthers = quota.childrenUnsatisfied().at(index) - ownBranch;
        return Math.max(0, room - promisedToOthers);
    }
}
