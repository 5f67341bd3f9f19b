package dev.proffer.master.edge.http.operator;

import java.time.Instant;
import java.util.Optional;

/**
 * What a master knows about itself whether or not it leads.
 *
 * @param version of the program
 * @param cluster the cluster's name, if it has one
 */
public record MasterFacts(String version, Instant startedAt, Optional<String> cluster) {}
