package dev.proffer.master.core.frameworks;

import dev.proffer.allocator.OfferConstraints;
import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.allocator.OfferConstraints.Group;
import dev.proffer.allocator.OfferConstraints.Predicate;
import dev.proffer.allocator.OfferConstraints.PseudoAttribute;
import dev.proffer.allocator.OfferConstraints.Selector;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Offer constraints that were found valid, in the allocator's form. */
final class ConstraintsReader {
    private ConstraintsReader() {}

    /** Nothing if there are none. */
    static Optional<OfferConstraints> read(dev.proffer.protocol.v1.scheduler.OfferConstraints wire) {
        if (wire.getRoleConstraintsCount() == 0) {
            return Optional.empty();
        }
        var byRole = new TreeMap<RolePath, List<Group>>();
        wire.getRoleConstraintsMap().forEach((role, constraints) -> {
            var groups = constraints.getGroupsList().stream()
                    .map(group -> new Group(group.getAttributeConstraintsList().stream()
                            .map(ConstraintsReader::constraint)
                            .toList()))
                    .toList();
            byRole.put(new RolePath(role), groups);
        });
        return Optional.of(new OfferConstraints(byRole));
    }

    private static Constraint constraint(AttributeConstraint wire) {
        return new Constraint(selector(wire.getSelector()), predicate(wire.getPredicate()));
    }

    private static Selector selector(AttributeConstraint.Selector wire) {
        if (wire.hasAttributeName()) {
            return new Selector.AttributeName(wire.getAttributeName());
        }
        return new Selector.Pseudo(
                switch (wire.getPseudoattributeType()) {
                    case HOSTNAME -> PseudoAttribute.HOSTNAME;
                    case REGION -> PseudoAttribute.REGION;
                    case ZONE -> PseudoAttribute.ZONE;
                    case UNKNOWN -> throw new IllegalArgumentException("an unknown pseudo attribute");
                });
    }

    private static Predicate predicate(AttributeConstraint.Predicate wire) {
        return switch (wire.getPredicateCase()) {
            case EXISTS -> new Predicate.Exists();
            case NOT_EXISTS -> new Predicate.NotExists();
            case TEXT_EQUALS -> new Predicate.TextEquals(wire.getTextEquals().getValue());
            case TEXT_NOT_EQUALS ->
                new Predicate.TextNotEquals(wire.getTextNotEquals().getValue());
            case TEXT_MATCHES -> new Predicate.TextMatches(wire.getTextMatches().getRegex());
            case TEXT_NOT_MATCHES ->
                new Predicate.TextNotMatches(wire.getTextNotMatches().getRegex());
            case PREDICATE_NOT_SET -> throw new IllegalArgumentException("a constraint without a predicate");
        };
    }
}
