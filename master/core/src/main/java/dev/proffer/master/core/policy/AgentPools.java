package dev.proffer.master.core.policy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is decided of agents by their pool.
 *
 * @param attributesFromLabels by pool, the names of the labels of a node that become attributes of its agent
 */
public record AgentPools(SortedMap<String, List<String>> attributesFromLabels) {
    /** Nothing is decided of any. */
    public static final AgentPools NONE = new AgentPools(new TreeMap<>());

    public AgentPools {
        var copy = new TreeMap<String, List<String>>();
        attributesFromLabels.forEach((pool, labels) -> copy.put(pool, List.copyOf(labels)));
        attributesFromLabels = Collections.unmodifiableSortedMap(copy);
    }

    public static AgentPools of(String pool, List<String> labels) {
        var one = new TreeMap<String, List<String>>();
        one.put(pool, labels);
        return new AgentPools(one);
    }

    /** The labels that become attributes of the pool's agents; none of a pool that is not known. */
    public List<String> labelsOf(Optional<String> pool) {
        return pool.map(name -> attributesFromLabels.getOrDefault(name, List.of()))
                .orElse(List.of());
    }
}
