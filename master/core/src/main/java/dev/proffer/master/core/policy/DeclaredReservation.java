package dev.proffer.master.core.policy;

import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;
import java.util.OptionalInt;

/**
 * Resources that an administrator reserves for a role on agents of the master's choice.
 *
 * @param name unique, and kept for as long as the reservation lasts
 * @param perAgent what is reserved on each agent that is chosen
 * @param count on how many agents; empty for all that the selector matches
 */
public record DeclaredReservation(
        String name, RolePath role, Quantities perAgent, AgentSelector selector, OptionalInt count) {
    public DeclaredReservation {
        if (role.equals(RolePath.STAR)) {
            throw new IllegalArgumentException("'role' must not be '*': nothing can be reserved for it");
        }
        if (perAgent.isEmpty()) {
            throw new IllegalArgumentException("'resources' must name an amount above zero");
        }
        if (count.isPresent() && count.getAsInt() < 0) {
            throw new IllegalArgumentException("'count' must not be negative, but is " + count.getAsInt());
        }
    }
}
