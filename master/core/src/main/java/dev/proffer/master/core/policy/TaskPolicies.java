package dev.proffer.master.core.policy;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tasks may do, by the namespace of their framework.
 *
 * @param others for frameworks of other namespaces, and of none
 */
public record TaskPolicies(SortedMap<String, TaskPolicy> byNamespace, TaskPolicy others) {
    public static final TaskPolicies OPEN = new TaskPolicies(new TreeMap<>(), TaskPolicy.ANYTHING);

    public TaskPolicies {
        byNamespace = Collections.unmodifiableSortedMap(new TreeMap<>(byNamespace));
    }

    public TaskPolicy of(Optional<String> namespace) {
        return namespace.map(name -> byNamespace.getOrDefault(name, others)).orElse(others);
    }
}
