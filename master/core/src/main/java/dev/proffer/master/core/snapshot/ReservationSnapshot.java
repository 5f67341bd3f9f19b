package dev.proffer.master.core.snapshot;

import dev.proffer.model.AgentId;
import dev.proffer.model.RolePath;
import java.util.List;

/**
 * A declared reservation.
 *
 * @param desired on how many agents it should be set aside; where it names no number, on how many it can
 * @param bound on how many it is, in full
 * @param agents the first few of these
 */
public record ReservationSnapshot(String name, RolePath role, int desired, int bound, List<AgentId> agents) {
    public ReservationSnapshot {
        agents = List.copyOf(agents);
    }
}
