package dev.proffer.master.core.snapshot;

import dev.proffer.allocator.Limits;
import dev.proffer.model.Quantities;
import dev.proffer.model.RolePath;

/**
 * A role with all that lies below it.
 *
 * @param frameworks how many are in it, or hold something in it
 * @param allocation what they hold, offered or in use
 * @param share the largest part of any resource of the cluster that this is, from 0 to 1, not weighted
 * @param consumed what counts against its quota: reservations, and what is in use
 * @param satisfied whether it has what it is guaranteed, or could take it at once
 */
public record RoleSnapshot(
        RolePath path,
        double weight,
        int frameworks,
        Quantities allocation,
        double share,
        Quantities guarantees,
        Limits limits,
        Quantities consumed,
        boolean satisfied) {}
