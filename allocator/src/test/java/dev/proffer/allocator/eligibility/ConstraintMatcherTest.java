package dev.proffer.allocator.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.OfferConstraints.Constraint;
import dev.proffer.allocator.OfferConstraints.Group;
import dev.proffer.allocator.OfferConstraints.Predicate;
import dev.proffer.allocator.OfferConstraints.PseudoAttribute;
import dev.proffer.allocator.OfferConstraints.Selector;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mesos' table of predicates. */
class ConstraintMatcherTest {
    private static final AgentDescription AGENT = new AgentDescription(
            "host1.example",
            Attribute.parse("rack:r1;rack:r2;generation:3;ports:[1-2];zones:{a,b}"),
            Optional.of(new FaultDomain("eu", "eu-1")),
            List.of());

    private static final AgentDescription HOMELESS =
            new AgentDescription("host2", List.of(), Optional.empty(), List.of());

    @ParameterizedTest
    @CsvSource({
        "missing, false, true, false, true, false, true",
        "rack, true, false, true, false, true, false",
        "other, true, false, false, true, false, true",
        "generation, true, false, true, true, true, true",
        "ports, true, false, true, true, true, true",
        "zones, true, false, true, true, true, true"
    })
    void predicates(
            String attribute,
            boolean exists,
            boolean notExists,
            boolean equalTo,
            boolean notEqualTo,
            boolean matches,
            boolean notMatches) {
        var selector = new Selector.AttributeName(attribute.equals("other") ? "rack" : attribute);
        var text = attribute.equals("other") ? "r2" : "r1";
        assertThat(holds(selector, new Predicate.Exists())).isEqualTo(exists);
        assertThat(holds(selector, new Predicate.NotExists())).isEqualTo(notExists);
        assertThat(holds(selector, new Predicate.TextEquals(text))).isEqualTo(equalTo);
        assertThat(holds(selector, new Predicate.TextNotEquals(text))).isEqualTo(notEqualTo);
        assertThat(holds(selector, new Predicate.TextMatches(text + "+"))).isEqualTo(matches);
        assertThat(holds(selector, new Predicate.TextNotMatches(text + "+"))).isEqualTo(notMatches);
    }

    private static boolean holds(Selector selector, Predicate predicate) {
        return matcher(new Group(List.of(new Constraint(selector, predicate)))).matches(AGENT);
    }

    private static ConstraintMatcher matcher(Group... groups) {
        return new ConstraintMatcher(List.of(groups));
    }

    @Test
    void regularExpressionsMatchTheWholeText() {
        var hostname = new Selector.Pseudo(PseudoAttribute.HOSTNAME);
        assertThat(holds(hostname, new Predicate.TextMatches("host1"))).isFalse();
        assertThat(holds(hostname, new Predicate.TextMatches("host1\\..*"))).isTrue();
    }

    @Test
    void domainsAreMissingWhereThereAreNone() {
        var region = new Constraint(new Selector.Pseudo(PseudoAttribute.REGION), new Predicate.TextEquals("eu"));
        var zone = new Constraint(new Selector.Pseudo(PseudoAttribute.ZONE), new Predicate.NotExists());
        assertThat(matcher(new Group(List.of(region))).matches(AGENT)).isTrue();
        assertThat(matcher(new Group(List.of(region))).matches(HOMELESS)).isFalse();
        assertThat(matcher(new Group(List.of(zone))).matches(AGENT)).isFalse();
        assertThat(matcher(new Group(List.of(zone))).matches(HOMELESS)).isTrue();
    }

    @Test
    void anyGroupSufficesAndAllOfAGroupMustHold() {
        var yes = new Constraint(new Selector.AttributeName("rack"), new Predicate.Exists());
        var no = new Constraint(new Selector.AttributeName("rack"), new Predicate.NotExists());
        assertThat(matcher(new Group(List.of(yes, no)), new Group(List.of(yes))).matches(AGENT))
                .isTrue();
        var neither = matcher(new Group(List.of(yes, no)), new Group(List.of(no)));
        assertThat(neither.firstFailure(AGENT)).contains(no);
    }

    @Test
    void aMalformedExpressionIsQuoted() {
        var bad = new Constraint(new Selector.AttributeName("rack"), new Predicate.TextMatches("(r1"));
        assertThatThrownBy(() -> matcher(new Group(List.of(bad))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(r1");
    }

    @Test
    void aNastyExpressionTakesLinearTime() {
        var text = "a".repeat(5_000) + "!";
        var agent = new AgentDescription(text, List.of(), Optional.empty(), List.of());
        var nasty =
                new Constraint(new Selector.Pseudo(PseudoAttribute.HOSTNAME), new Predicate.TextMatches("(a+)+(b+)+"));
        assertThat(matcher(new Group(List.of(nasty))).matches(agent)).isFalse();
    }
}
