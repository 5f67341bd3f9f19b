package dev.proffer.master.edge.policy;

/**
 * Whose objects make policy.
 *
 * @param namespace of the ProfferCluster, its Roles, Quotas and Reservations
 * @param cluster the ProfferCluster's name
 */
public record PolicyPlace(String namespace, String cluster) {}
