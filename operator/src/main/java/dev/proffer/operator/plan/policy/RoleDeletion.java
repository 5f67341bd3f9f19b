package dev.proffer.operator.plan.policy;

import dev.proffer.crds.role.Role;
import dev.proffer.operator.plan.Verdict;
import java.util.Optional;
import java.util.stream.Collectors;

/** A role that holds something stays until it is empty: who holds it would lose his grant at once. */
public final class RoleDeletion {
    private RoleDeletion() {}

    /** Why a Role cannot go yet; empty if it can. */
    public static Optional<Verdict> blockedBy(Role role) {
        var status = role.getStatus();
        if (status == null || status.allocation().isEmpty()) {
            return Optional.empty();
        }
        var held = status.allocation().stream()
                .map(allocation -> allocation.amount() + " of " + allocation.name())
                .collect(Collectors.joining(", "));
        return Optional.of(Verdict.yes(
                "DeletionBlocked",
                "InUse",
                "The role '%s' holds %s; it goes when its frameworks have ended their tasks."
                        .formatted(role.getSpec().path(), held)));
    }
}
