package dev.proffer.allocator.eligibility;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.allocator.OfferConstraints.Group;
import dev.proffer.allocator.OfferConstraints.Predicate;
import dev.proffer.allocator.OfferConstraints.PseudoAttribute;
import dev.proffer.allocator.OfferConstraints.Selector;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether an agent satisfies the offer constraints of one role, with the rules of Mesos: any group suffices, all
 * constraints of a group must hold, and a predicate on text holds for an attribute that is no text. Regular expressions are
 * compiled once and match in linear time.
 */
public final class ConstraintMatcher {
    /** A constraint with its regular expression compiled. */
    private record Compiled(Constraint constraint, Optional<Pattern> pattern) {}

    private final List<List<Compiled>> groups = new ArrayList<>();

    /** @throws IllegalArgumentException if a regular expression is malformed; the message quotes it */
    public ConstraintMatcher(List<Group> groups) {
        for (var group : groups) {
            this.groups.add(
                    group.constraints().stream().map(ConstraintMatcher::compile).toList());
        }
    }

    private static Compiled compile(Constraint constraint) {
        return new Compiled(
                constraint,
                switch (constraint.predicate()) {
                    case Predicate.TextMatches(var regex) -> Optional.of(pattern(regex));
                    case Predicate.TextNotMatches(var regex) -> Optional.of(pattern(regex));
                    case Predicate.Exists _, Predicate.NotExists _, Predicate.TextEquals _, Predicate.TextNotEquals _ ->
                        Optional.empty();
                });
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    public boolean matches(AgentDescription agent) {
        return firstFailure(agent).isEmpty();
    }

    /** A constraint of the first group that does not hold; empty if the agent is wanted. */
    public Optional<Constraint> firstFailure(AgentDescription agent) {
        Optional<Constraint> failure = Optional.empty();
        for (var group : groups) {
            var failed = group.stream()
                    .filter(compiled -> !holds(compiled, agent))
                    .map(Compiled::constraint)
                    .findFirst();
            if (failed.isEmpty()) {
                return Optional.empty();
            }
            failure = failure.or(() -> failed);
        }
        return failure;
    }

    private static boolean holds(Compiled compiled, AgentDescription agent) {
        var value = select(compiled.constraint.selector(), agent);
        return switch (compiled.constraint.predicate()) {
            case Predicate.Exists _ -> value.isPresent();
            case Predicate.NotExists _ -> value.isEmpty();
            case Predicate.TextEquals(var text) ->
                value.map(found -> !(found instanceof Attribute.Text(var own)) || own.equals(text))
                        .orElse(false);
            case Predicate.TextNotEquals(var text) ->
                value.map(found -> !(found instanceof Attribute.Text(var own)) || !own.equals(text))
                        .orElse(true);
            case Predicate.TextMatches _ ->
                value.map(found -> matches(compiled, found, true)).orElse(false);
            case Predicate.TextNotMatches _ ->
                value.map(found -> matches(compiled, found, false)).orElse(true);
        };
    }

    private static boolean matches(Compiled compiled, Attribute.Value value, boolean wanted) {
        return !(value instanceof Attribute.Text(var text))
                || compiled.pattern.orElseThrow().matcher(text).matches() == wanted;
    }

    private static Optional<Attribute.Value> select(Selector selector, AgentDescription agent) {
        return switch (selector) {
            case Selector.AttributeName(var name) ->
                agent.attributes().stream()
                        .filter(attribute -> attribute.name().equals(name))
                        .findFirst()
                        .map(Attribute::value);
            case Selector.Pseudo(var attribute) -> pseudo(attribute, agent).map(Attribute.Text::new);
        };
    }

    private static Optional<String> pseudo(PseudoAttribute attribute, AgentDescription agent) {
        return switch (attribute) {
            case HOSTNAME -> Optional.of(agent.hostname());
            case REGION -> agent.domain().map(FaultDomain::region);
            case ZONE -> agent.domain().map(FaultDomain::zone);
        };
    }
}
