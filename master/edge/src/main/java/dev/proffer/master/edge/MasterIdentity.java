package dev.proffer.master.edge;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who a master is, to others.
 *
 * @param name of the pod or process; made unique for the election by a random id
 * @param version of the program
 * @param cluster the cluster's name, if it has one
 * @param advertisedHost at which schedulers reach this master
 * @param advertisedPort if it is not the one that is listened on
 */
public record MasterIdentity(
        String name, String version, Optional<String> cluster, String advertisedHost, OptionalInt advertisedPort) {}
