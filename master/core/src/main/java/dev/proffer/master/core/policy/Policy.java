package dev.proffer.master.core.policy;

import dev.proffer.model.RolePath;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that administrators decided, at one moment. A role that is not named has the defaults.
 *
 * @param reservations oldest first: where resources do not suffice for all, the older one has them
 * @param tasks what tasks may do, by the namespace of their framework
 * @param pools what is decided of agents by their pool
 */
public record Policy(
        SortedMap<RolePath, DeclaredRole> roles,
        SortedMap<RolePath, DeclaredQuota> quotas,
        List<DeclaredReservation> reservations,
        Admission admission,
        TaskPolicies tasks,
        AgentPools pools) {
    /** Everybody may do everything, all roles are equal, and nothing is promised to anybody. */
    public static final Policy OPEN =
            new Policy(new TreeMap<>(), new TreeMap<>(), List.of(), Admission.OPEN, TaskPolicies.OPEN, AgentPools.NONE);

    public Policy {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
        reservations = List.copyOf(reservations);
        var names = reservations.stream().map(DeclaredReservation::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("each reservation must have a name of its own, but they are " + names);
        }
    }

    public Policy withRole(RolePath path, DeclaredRole role) {
        var more = new TreeMap<>(roles);
        more.put(path, role);
        return new Policy(more, quotas, reservations, admission, tasks, pools);
    }

    public Policy withoutRole(RolePath path) {
        var rest = new TreeMap<>(roles);
        rest.remove(path);
        return new Policy(rest, quotas, reservations, admission, tasks, pools);
    }

    public Policy withQuota(RolePath path, DeclaredQuota quota) {
        var more = new TreeMap<>(quotas);
        more.put(path, quota);
        return new Policy(roles, more, reservations, admission, tasks, pools);
    }

    public Policy withReservations(List<DeclaredReservation> all) {
        return new Policy(roles, quotas, all, admission, tasks, pools);
    }

    public Policy withAdmission(Admission whom) {
        return new Policy(roles, quotas, reservations, whom, tasks, pools);
    }

    public Policy withTasks(TaskPolicies policies) {
        return new Policy(roles, quotas, reservations, admission, policies, pools);
    }

    public Policy withPools(AgentPools agents) {
        return new Policy(roles, quotas, reservations, admission, tasks, agents);
    }

    /** As declared, or with the defaults. */
    public DeclaredRole role(RolePath path) {
        return roles.getOrDefault(path, DeclaredRole.DEFAULT);
    }

    public DeclaredQuota quota(RolePath path) {
        return quotas.getOrDefault(path, DeclaredQuota.NONE);
    }
}
