package dev.proffer.master.edge.policy;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import java.util.List;

/** The objects that make policy, as they are at one moment. */
public record PolicyObjects(
        ProfferCluster cluster,
        List<Role> roles,
        List<Quota> quotas,
        List<Reservation> reservations,
        List<Framework> frameworks) {
    public PolicyObjects {
        roles = List.copyOf(roles);
        quotas = List.copyOf(quotas);
        reservations = List.copyOf(reservations);
        frameworks = List.copyOf(frameworks);
    }
}
