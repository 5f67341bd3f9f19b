package dev.proffer.master.edge;

import java.util.Optional;

/**
 * Who a master is, to others.
 *
 * @param name of the pod or process; made unique for the election by a random id
 * @param version of the program
 * @param cluster the cluster's name, if it has one
 */
public record MasterIdentity(String name, String version, Optional<String> cluster) {}
