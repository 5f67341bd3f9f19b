package dev.proffer.allocator.explain;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For each agent why a framework, in one of its roles, would get no offer of it in the next full pass.
 *
 * @param reasons per agent; an empty list means that it would be offered something
 */
public record Explanation(FrameworkId framework, RolePath role, SortedMap<AgentId, List<Reason>> reasons) {
    public Explanation {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }

    /** On how many agents there is each kind of reason, by the name of its type. */
    public SortedMap<String, Integer> summary() {
        var counts = new TreeMap<String, Integer>();
        for (var ofAgent : reasons.values()) {
            ofAgent.stream()
                    .map(reason -> reason.getClass().getSimpleName())
                    .distinct()
                    .forEach(kind -> counts.merge(kind, 1, Integer::sum));
        }
        return counts;
    }
}
