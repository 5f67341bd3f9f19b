package dev.proffer.master.core.snapshot;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Draining;
import java.util.List;
import java.util.Optional;

/**
 * What is to become of an agent.
 *
 * @param offered whether the allocator may offer it
 * @param draining how far its drain is, while one is wished
 * @param unavailability when its machine will not be there, as frameworks are told
 * @param inverseOffers the outstanding ones
 */
public record MaintenanceSnapshot(
        boolean offered,
        AgentPolicy policy,
        Optional<Draining> draining,
        Optional<Unavailability> unavailability,
        List<InverseOfferSnapshot> inverseOffers,
        List<InverseOfferAnswer> answers) {
    /** Of an agent of which nobody wishes anything. */
    public static final MaintenanceSnapshot NONE =
            new MaintenanceSnapshot(true, AgentPolicy.NONE, Optional.empty(), Optional.empty(), List.of(), List.of());

    public MaintenanceSnapshot {
        inverseOffers = List.copyOf(inverseOffers);
        answers = List.copyOf(answers);
    }
}
