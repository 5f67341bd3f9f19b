package dev.proffer.master.core.policy;

import dev.proffer.allocator.Limits;
import dev.proffer.model.Quantities;
import dev.proffer.model.Scalar;

/**
 * What a role's subtree is promised, and what it may not pass.
 *
 * @param guarantees a name missing here is not promised
 * @param limits a name missing here is not limited
 */
public record DeclaredQuota(Quantities guarantees, Limits limits) {
    public static final DeclaredQuota NONE = new DeclaredQuota(Quantities.NONE, Limits.NONE);

    public DeclaredQuota {
        limits.thousandthsByName().forEach((name, limit) -> {
            long guarantee = guarantees.thousandths(name);
            if (guarantee > limit) {
                throw new IllegalArgumentException("the guarantee of " + name + " must be at most its limit, "
                        + new Scalar(limit) + ", but is " + new Scalar(guarantee));
            }
        });
    }
}
