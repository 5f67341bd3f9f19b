package dev.proffer.master.core.enforcement;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.master.core.frameworks.Removals;
import dev.proffer.master.core.policy.DeclaredFramework.DeletionPolicy;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.Policy;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Removes the frameworks of Framework objects that were deleted with {@code Teardown}: a little later, so that objects which
 * come again, or which vanish with most others, end no tasks.
 */
public final class Teardowns {
    /** The removal of a framework costs a look at each agent. */
    private static final int MOST_AT_ONCE = 20;

    private final Cluster cluster;
    private final PolicyInForce policy;
    private final Admissions admissions;
    private final Removals removals;
    private final Timers<Timer> timers;
    private final Duration delay;
    private final LinkedHashMap<ObjectName, Long> vanished = new LinkedHashMap<>();
    private final LinkedHashMap<FrameworkId, ObjectName> doomed = new LinkedHashMap<>();

    public Teardowns(Desk desk, Admissions admissions, Removals removals, Duration delay) {
        this.cluster = desk.cluster();
        this.policy = desk.policy();
        this.admissions = admissions;
        this.removals = removals;
        this.timers = desk.timers();
        this.delay = delay;
    }

    /** To be called while the policy before is still in force. */
    void prepare(Moment now, Policy before, Policy after) {
        vanished.values().removeIf(at -> now.nanos() - at > 2 * delay.toNanos());
        vanished.keySet().removeAll(after.admission().frameworks().keySet());
        doomed.values().removeAll(after.admission().frameworks().keySet());
        var torn = new TreeSet<ObjectName>();
        before.admission().frameworks().forEach((name, object) -> {
            if (!after.admission().frameworks().containsKey(name)) {
                vanished.put(name, now.nanos());
                if (object.deletionPolicy() == DeletionPolicy.TEARDOWN) {
                    torn.add(name);
                }
            }
        });
        doom(now, torn);
    }

    private void doom(Moment now, SortedSet<ObjectName> torn) {
        for (var framework : cluster.frameworks().all()) {
            torn.stream()
                    .filter(name -> admissions.isOf(framework, name))
                    .findFirst()
                    .ifPresent(name -> {
                        doomed.put(framework.id(), name);
                        timers.set(new Timer.Teardown(), now.deadline(delay));
                    });
        }
    }

    /** The timer's work. */
    public void tearDown(Moment now) {
        int left = policy.get().admission().frameworks().size();
        boolean inBulk = vanished.size() > 1 && vanished.size() > left;
        if (!inBulk) {
            removeSome(now);
        } else {
            doomed.clear();
        }
        if (!doomed.isEmpty()) {
            timers.set(new Timer.Teardown(), now.nanos());
        }
    }

    private void removeSome(Moment now) {
        for (int i = 0; i < MOST_AT_ONCE && !doomed.isEmpty(); i++) {
            var id = doomed.pollFirstEntry().getKey();
            cluster.frameworks().find(id).ifPresent(each -> removals.remove(now, each));
        }
    }
}
