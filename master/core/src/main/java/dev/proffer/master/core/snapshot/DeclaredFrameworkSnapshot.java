package dev.proffer.master.core.snapshot;

import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Quantities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frameworks that were admitted by one Framework object.
 *
 * @param instances in the order in which they came
 * @param tasks how many live ones they have together
 * @param allocation what they hold together, offered or in use
 * @param share the largest part of any resource of the cluster that this is, from 0 to 1
 */
public record DeclaredFrameworkSnapshot(
        List<FrameworkSnapshot> instances, int tasks, Quantities allocation, double share) {
    public DeclaredFrameworkSnapshot {
        instances = List.copyOf(instances);
    }

    public boolean connected() {
        return instances.stream().anyMatch(FrameworkSnapshot::connected);
    }

    /** Of all objects that admitted a framework. Walks over all tasks and offers: not for the writer's thread. */
    public static SortedMap<ObjectName, DeclaredFrameworkSnapshot> of(MasterSnapshot snapshot) {
        var holdings = holdings(snapshot);
        var instances = new TreeMap<ObjectName, List<FrameworkSnapshot>>();
        snapshot.frameworks()
                .forEach(framework -> framework
                        .admittedAs()
                        .ifPresent(name -> instances
                                .computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(framework)));
        var declared = new TreeMap<ObjectName, DeclaredFrameworkSnapshot>();
        instances.forEach((name, all) -> declared.put(name, of(snapshot, all, holdings)));
        return Collections.unmodifiableSortedMap(declared);
    }

    private static DeclaredFrameworkSnapshot of(
            MasterSnapshot snapshot, List<FrameworkSnapshot> instances, Map<FrameworkId, Holdings> holdings) {
        int tasks = 0;
        var allocation = Quantities.NONE;
        for (var instance : instances) {
            var own = holdings.get(instance.id());
            if (own != null) {
                tasks += own.tasks;
                allocation = allocation.plus(own.allocation);
            }
        }
        return new DeclaredFrameworkSnapshot(
                instances, tasks, allocation, snapshot.policy().share(allocation));
    }

    private static Map<FrameworkId, Holdings> holdings(MasterSnapshot snapshot) {
        var holdings = new LinkedHashMap<FrameworkId, Holdings>();
        for (var agent : snapshot.agents()) {
            agent.tasks().stream()
                    .filter(TaskSnapshot::isLive)
                    .forEach(task -> of(holdings, task.framework())
                            .addTask(task.resources().scalars()));
            agent.offers()
                    .forEach(offer -> of(holdings, offer.framework())
                            .add(offer.resources().scalars()));
        }
        return holdings;
    }

    private static Holdings of(Map<FrameworkId, Holdings> holdings, FrameworkId framework) {
        return holdings.computeIfAbsent(framework, _ -> new Holdings());
    }

    private static final class Holdings {
        private int tasks;
        private Quantities allocation = Quantities.NONE;

        void add(Quantities held) {
            allocation = allocation.plus(held);
        }

        void addTask(Quantities held) {
            tasks++;
            add(held);
        }
    }
}
