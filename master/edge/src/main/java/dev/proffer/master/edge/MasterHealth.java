package dev.proffer.master.edge;

/**
 * How a master is.
 *
 * @param live false if its writer hangs: restart it
 * @param ready whether a client that asks it gets somewhere, here or by a redirect
 * @param started whether it takes part in the election
 * @param leading whether it leads
 */
public record MasterHealth(boolean live, boolean ready, boolean started, boolean leading) {}
