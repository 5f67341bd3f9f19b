package dev.proffer.master.core.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy that the rooms go by. */
public final class PolicyInForce {
    private @Nullable Policy current;

    public PolicyInForce(Optional<Policy> initial) {
        current = initial.orElse(null);
    }

    /** Whether anybody said yet what the policy is. */
    public boolean isKnown() {
        return current != null;
    }

    /** Until it is known, one that admits nobody. */
    public Policy get() {
        return current == null ? Policy.OPEN.withAdmission(Admission.CLOSED) : current;
    }

    public void replace(Policy policy) {
        current = policy;
    }
}
