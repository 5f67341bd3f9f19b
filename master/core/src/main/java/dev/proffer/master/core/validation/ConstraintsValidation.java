package dev.proffer.master.core.validation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Predicate;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Selector;
import dev.proffer.protocol.v1.scheduler.OfferConstraints;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which offer constraints make sense. */
final class ConstraintsValidation {
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
}
