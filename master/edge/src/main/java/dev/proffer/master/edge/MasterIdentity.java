package dev.proffer.master.edge;

import dev.proffer.model.FaultDomain;
import java.util.Optional;

/**
 * Who a master is, to others.
 *
 * @param name of the pod or process; made unique for the election by a random id
 * @param version of the program
 * @param cluster the cluster's name, if it has one
 * @param domain where it stands: agents of another region are offered only to frameworks that are aware of regions
 */
public record MasterIdentity(String name, String version, Optional<String> cluster, Optional<FaultDomain> domain) {}
