package dev.proffer.master.core.validation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.proffer.allocator.OfferConstraints.PseudoAttribute;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Predicate;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Selector;
import dev.proffer.protocol.v1.scheduler.OfferConstraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Offer constraints: their rules, and the allocator's form of valid ones. */
public final class ConstraintsValidation {
    /** Regular expressions are matched against every agent, so they must be small. */
    private static final int LONGEST_REGEX = 1000;

    private ConstraintsValidation() {}

    static Optional<String> problemWith(OfferConstraints wire, List<String> roles) {
        for (var role : new TreeSet<>(wire.getRoleConstraintsMap().keySet())) {
            var field = "'offer_constraints' for role '" + role + "'";
            if (!roles.contains(role)) {
                return Optional.of(field + ": the framework is not subscribed to that role");
            }
            var groups = wire.getRoleConstraintsOrThrow(role).getGroupsList();
            if (groups.isEmpty()) {
                return Optional.of(field + " must have at least one group; for no constraints leave the role out");
            }
            for (var group : groups) {
                if (group.getAttributeConstraintsCount() == 0) {
                    return Optional.of(field + ": a group must have at least one constraint");
                }
                for (var constraint : group.getAttributeConstraintsList()) {
                    var problem = selectorProblem(constraint.getSelector())
                            .or(() -> predicateProblem(constraint.getPredicate()));
                    if (problem.isPresent()) {
                        return Optional.of(field + ": " + problem.get());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> selectorProblem(Selector selector) {
        return switch (selector.getSelectorCase()) {
            case ATTRIBUTE_NAME -> Optional.empty();
            case PSEUDOATTRIBUTE_TYPE ->
                selector.getPseudoattributeType() == Selector.PseudoattributeType.UNKNOWN
                        ? Optional.of("'pseudoattribute_type' must be HOSTNAME, REGION or ZONE")
                        : Optional.empty();
            case SELECTOR_NOT_SET -> Optional.of("'selector' must name an attribute or a pseudo attribute");
        };
    }

    private static Optional<String> predicateProblem(Predicate predicate) {
        return switch (predicate.getPredicateCase()) {
            case EXISTS, NOT_EXISTS, TEXT_EQUALS, TEXT_NOT_EQUALS -> Optional.empty();
            case TEXT_MATCHES -> regexProblem(predicate.getTextMatches().getRegex());
            case TEXT_NOT_MATCHES -> regexProblem(predicate.getTextNotMatches().getRegex());
            case PREDICATE_NOT_SET -> Optional.of("'predicate' must say what is tested");
        };
    }

    private static Optional<String> regexProblem(String regex) {
        if (regex.length() > LONGEST_REGEX) {
            return Optional.of("'regex' must not be longer than " + LONGEST_REGEX + " characters");
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("'regex' is not a regular expression (RE2 syntax): " + e.getDescription());
        }
    }

    /** Constraints that were found valid; nothing if there are none. */
    public static Optional<dev.proffer.allocator.OfferConstraints> read(OfferConstraints wire) {
        if (wire.getRoleConstraintsCount() == 0) {
            return Optional.empty();
        }
        var byRole = new TreeMap<RolePath, List<dev.proffer.allocator.OfferConstraints.Group>>();
        wire.getRoleConstraintsMap().forEach((role, constraints) -> {
            var groups = new ArrayList<dev.proffer.allocator.OfferConstraints.Group>();
            for (var group : constraints.getGroupsList()) {
                groups.add(new dev.proffer.allocator.OfferConstraints.Group(group.getAttributeConstraintsList().stream()
                        .map(ConstraintsValidation::constraint)
                        .toList()));
            }
            byRole.put(new RolePath(role), List.copyOf(groups));
        });
        return Optional.of(new dev.proffer.allocator.OfferConstraints(byRole));
    }

    private static dev.proffer.allocator.OfferConstraints.Constraint constraint(AttributeConstraint wire) {
        return new dev.proffer.allocator.OfferConstraints.Constraint(
                selector(wire.getSelector()), predicate(wire.getPredicate()));
    }

    private static dev.proffer.allocator.OfferConstraints.Selector selector(Selector wire) {
        return wire.hasAttributeName()
                ? new dev.proffer.allocator.OfferConstraints.Selector.AttributeName(wire.getAttributeName())
                : new dev.proffer.allocator.OfferConstraints.Selector.Pseudo(
                        switch (wire.getPseudoattributeType()) {
                            case HOSTNAME -> PseudoAttribute.HOSTNAME;
                            case REGION -> PseudoAttribute.REGION;
                            case ZONE -> PseudoAttribute.ZONE;
                            case UNKNOWN -> throw new IllegalArgumentException("an unknown pseudo attribute");
                        });
    }

    private static dev.proffer.allocator.OfferConstraints.Predicate predicate(Predicate wire) {
        return switch (wire.getPredicateCase()) {
            case EXISTS -> new dev.proffer.allocator.OfferConstraints.Predicate.Exists();
            case NOT_EXISTS -> new dev.proffer.allocator.OfferConstraints.Predicate.NotExists();
            case TEXT_EQUALS ->
                new dev.proffer.allocator.OfferConstraints.Predicate.TextEquals(
                        wire.getTextEquals().getValue());
            case TEXT_NOT_EQUALS ->
                new dev.proffer.allocator.OfferConstraints.Predicate.TextNotEquals(
                        wire.getTextNotEquals().getValue());
            case TEXT_MATCHES ->
                new dev.proffer.allocator.OfferConstraints.Predicate.TextMatches(
                        wire.getTextMatches().getRegex());
            case TEXT_NOT_MATCHES ->
                new dev.proffer.allocator.OfferConstraints.Predicate.TextNotMatches(
                        wire.getTextNotMatches().getRegex());
            case PREDICATE_NOT_SET -> throw new IllegalArgumentException("a constraint without a predicate");
        };
    }
}
