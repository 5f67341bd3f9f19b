package dev.proffer.master.edge.figures;

import dev.proffer.crds.common.Amounts;
import dev.proffer.crds.quota.QuotaStatus;
import dev.proffer.crds.reservation.ReservationStatus;
import dev.proffer.crds.role.RoleStatus;
import dev.proffer.master.core.snapshot.ReservationSnapshot;
import dev.proffer.master.core.snapshot.RoleSnapshot;
import dev.proffer.model.AgentId;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statuses of Roles, Quotas and Reservations with the leader's figures; the operator's part stays as it is. */
final class PolicyStatuses {
    static final String SATISFIED = "Satisfied";
    static final String BOUND = "Bound";

    private PolicyStatuses() {}

    /** @param role empty if nobody uses it */
    static RoleStatus role(@Nullable RoleStatus before, Optional<RoleSnapshot> role, @Nullable Long term) {
        return new RoleStatus(
                before == null ? null : before.observedGeneration(),
                before == null ? List.of() : before.conditions(),
                term,
                role.map(RoleSnapshot::frameworks).orElse(0),
                role.map(snapshot -> Amounts.allocations(snapshot.allocation())).orElse(List.of()),
                percent(role.map(RoleSnapshot::share).orElse(0.0)));
    }

    static QuotaStatus quota(
            @Nullable QuotaStatus before, Optional<RoleSnapshot> role, Instant now, @Nullable Long term) {
        boolean satisfied = role.map(RoleSnapshot::satisfied).orElse(true);
        return new QuotaStatus(
                before == null ? null : before.observedGeneration(),
                Conditions.with(
                        before == null ? List.<Condition>of() : before.conditions(),
                        SATISFIED,
                        satisfied,
                        satisfied ? "Satisfied" : "Waiting",
                        satisfied
                                ? "The role has what it is guaranteed, or could take it at once."
                                : "What is guaranteed is not free yet; it is held back for the role as it becomes free.",
                        now),
                term,
                role.map(snapshot -> Amounts.allocations(snapshot.consumed())).orElse(List.of()));
    }

    /** @param names of agents, as people know them */
    static ReservationStatus reservation(
            @Nullable ReservationStatus before,
            ReservationSnapshot reservation,
            Function<AgentId, String> names,
            Instant now,
            @Nullable Long term) {
        boolean bound = reservation.bound() >= reservation.desired();
        return new ReservationStatus(
                before == null ? null : before.observedGeneration(),
                Conditions.with(
                        before == null ? List.<Condition>of() : before.conditions(),
                        BOUND,
                        bound,
                        bound ? "Bound" : "Waiting",
                        "It is set aside on %d of %d agents%s"
                                .formatted(
                                        reservation.bound(),
                                        reservation.desired(),
                                        bound ? "." : "; the rest follows as their resources become free."),
                        now),
                term,
                reservation.desired(),
                reservation.bound(),
                reservation.agents().stream().map(names).toList());
    }

    /** Rounded to a whole per cent, since each change is a write. */
    static String percent(double share) {
        return Math.round(share * 100) + "%";
    }
}
