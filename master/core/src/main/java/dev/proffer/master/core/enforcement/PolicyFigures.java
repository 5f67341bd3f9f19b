package dev.proffer.master.core.enforcement;

import dev.proffer.allocator.AllocatorFigures;
import dev.proffer.allocator.AllocatorFigures.RoleFigures;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.reservations.Reservations;
import dev.proffer.master.core.snapshot.PolicySnapshot;
import dev.proffer.master.core.snapshot.RoleSnapshot;
import dev.proffer.model.RolePath;

/** Reads off what has become of the policy. Costs a walk over roles, frameworks and bound agents. */
public final class PolicyFigures {
    private final Books books;
    private final PolicyInForce policy;
    private final Reservations reservations;

    public PolicyFigures(Desk desk, Reservations reservations) {
        this.books = desk.books();
        this.policy = desk.policy();
        this.reservations = reservations;
    }

    public PolicySnapshot read() {
        var figures = books.figures();
        return new PolicySnapshot(
                policy.isKnown(),
                figures.roles().entrySet().stream()
                        .map(role -> role(figures, role.getKey(), role.getValue()))
                        .toList(),
                reservations.snapshots(),
                figures.counted());
    }

    private static RoleSnapshot role(AllocatorFigures figures, RolePath path, RoleFigures role) {
        return new RoleSnapshot(
                path,
                role.weight(),
                role.frameworks(),
                role.held(),
                figures.dominantShare(role.held()),
                role.guarantees(),
                role.limits(),
                role.consumed(),
                isSatisfied(figures, role));
    }

    /** What is missing to guarantees is held back as long as it is free. */
    private static boolean isSatisfied(AllocatorFigures figures, RoleFigures role) {
        return role.guarantees().minus(role.offeredOrConsumed()).asMap().keySet().stream()
                .allMatch(name ->
                        figures.missing().thousandths(name) <= figures.free().thousandths(name));
    }
}
