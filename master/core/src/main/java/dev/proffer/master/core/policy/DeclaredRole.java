package dev.proffer.master.core.policy;

import dev.proffer.allocator.OrderPolicy;
import java.util.List;

/**
 * What an administrator decided about a role.
 *
 * @param weight of its share among its siblings, above zero
 * @param priority among its siblings, where those are ordered by priority
 * @param order of its frameworks and children
 * @param allowedSubjects who may use it and the roles below it; empty for nobody
 */
public record DeclaredRole(double weight, int priority, OrderPolicy order, List<Subject> allowedSubjects) {
    public static final DeclaredRole DEFAULT = new DeclaredRole(1, 0, OrderPolicy.DRF, List.of());

    public DeclaredRole {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("'weight' must be above zero and finite, but is " + weight);
        }
        allowedSubjects = List.copyOf(allowedSubjects);
    }

    public DeclaredRole withWeight(double changed) {
        return new DeclaredRole(changed, priority, order, allowedSubjects);
    }

    public DeclaredRole withOrder(OrderPolicy changed) {
        return new DeclaredRole(weight, priority, changed, allowedSubjects);
    }

    public DeclaredRole withPriority(int changed) {
        return new DeclaredRole(weight, changed, order, allowedSubjects);
    }

    public DeclaredRole allowing(Subject... subjects) {
        return new DeclaredRole(weight, priority, order, List.of(subjects));
    }
}
