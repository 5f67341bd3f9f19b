package dev.proffer.master.edge;

import java.util.Optional;

/**
 * How a master is.
 *
 * @param live false if its writer hangs: restart it
 * @param ready whether a client that asks it gets somewhere, here or by a redirect
 * @param started whether it takes part in the election
 * @param leading whether it leads
 * @param certificateProblem what clients will trip over, such as an expired certificate
 */
public record MasterHealth(
        boolean live, boolean ready, boolean started, boolean leading, Optional<String> certificateProblem) {}
