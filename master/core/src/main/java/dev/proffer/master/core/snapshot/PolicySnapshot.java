package dev.proffer.master.core.snapshot;

import dev.proffer.model.Quantities;
import java.util.List;

/**
 * What has become of what administrators decided.
 *
 * @param known whether the master has been told
 * @param roles every role that anything speaks of, by path
 * @param reservations declared ones, oldest first
 * @param counted what all agents have of the resources that count for shares
 */
public record PolicySnapshot(
        boolean known, List<RoleSnapshot> roles, List<ReservationSnapshot> reservations, Quantities counted) {
    /** Of a master that has heard of nothing. */
    public static final PolicySnapshot NONE = new PolicySnapshot(false, List.of(), List.of(), Quantities.NONE);

    public PolicySnapshot {
        roles = List.copyOf(roles);
        reservations = List.copyOf(reservations);
    }

    /** The largest part of any resource of the cluster that so much is, from 0 to 1. */
    public double share(Quantities holding) {
        return counted.asMap().entrySet().stream()
                .mapToDouble(all -> (double) holding.thousandths(all.getKey()) / all.getValue())
                .max()
                .orElse(0);
    }
}
