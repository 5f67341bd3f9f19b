package dev.proffer.allocator;

import dev.proffer.model.RolePath;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Per role, groups of constraints: an agent is wanted if all constraints of any group hold. A missing role wants all. */
public record OfferConstraints(SortedMap<RolePath, List<Group>> groupsByRole) {
    public OfferConstraints {
        groupsByRole = Collections.unmodifiableSortedMap(new TreeMap<>(groupsByRole));
    }

    public record Group(List<Constraint> constraints) {
        public Group {
            constraints = List.copyOf(constraints);
        }
    }

    public record Constraint(Selector selector, Predicate predicate) {}

    /** What of the agent is looked at. */
    public sealed interface Selector {
        /** The first attribute of that name. */
        record AttributeName(String name) implements Selector {}

        /** A fact that every agent has, or its fault domain. */
        record Pseudo(PseudoAttribute attribute) implements Selector {}
    }

    public enum PseudoAttribute {
        HOSTNAME,
        REGION,
        ZONE
    }

    /** What must hold of it. Texts are compared only with texts: another kind of attribute passes. */
    public sealed interface Predicate {
        record Exists() implements Predicate {}

        record NotExists() implements Predicate {}

        record TextEquals(String value) implements Predicate {}

        record TextNotEquals(String value) implements Predicate {}

        /** The whole text matches the regular expression (RE2 syntax, linear time). */
        record TextMatches(String regex) implements Predicate {}

        record TextNotMatches(String regex) implements Predicate {}
    }
}
