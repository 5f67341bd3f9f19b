package dev.proffer.master.core.registry;

import java.time.Instant;

/**
 * How far an agent's drain is.
 *
 * @param since when it began
 * @param done whether no task is left
 */
public record Draining(Instant since, boolean done) {}
