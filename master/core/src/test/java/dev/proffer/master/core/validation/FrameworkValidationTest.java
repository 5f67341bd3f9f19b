package dev.proffer.master.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.OfferFilters;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint;
import dev.proffer.protocol.v1.scheduler.AttributeConstraint.Selector.PseudoattributeType;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.OfferConstraints;
import dev.proffer.protocol.v1.scheduler.OfferConstraints.RoleConstraints;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("deprecation") // Frameworks without MULTI_ROLE set the deprecated 'role'.
class FrameworkValidationTest {
    record Case(String name, Consumer<FrameworkInfo.Builder> changes, String part) {
        @Override
        public String toString() {
            return name;
        }
    }

    record ConstraintCase(String name, Consumer<AttributeConstraint.Builder> changes, String part) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static FrameworkInfo.Builder info() {
        return FrameworkInfo.newBuilder().setUser("u").setName("n");
    }

    private static FrameworkInfo.Builder multiRole(FrameworkInfo.Builder info) {
        return info.addCapabilities(Capability.newBuilder().setType(Capability.Type.MULTI_ROLE));
    }

    @Test
    void aFrameworkWithoutARoleIsInTheDefaultRole() {
        assertThat(FrameworkValidation.problemWith(info().build())).isEmpty();
        assertThat(FrameworkValidation.rolesOf(info().build())).containsExactly("*");
    }

    @Test
    void withMultiRoleNoRolesAtAllIsFine() {
        var info = multiRole(info()).build();

        assertThat(FrameworkValidation.problemWith(info)).isEmpty();
        assertThat(FrameworkValidation.rolesOf(info)).isEmpty();
    }

    @Test
    void anEmptyIdMeansNone() {
        var info = info();
        info.getIdBuilder().setValue("");

        assertThat(FrameworkValidation.problemWith(info.build())).isEmpty();
    }

    static Stream<Case> invalid() {
        return Stream.of(
                new Case("role with MULTI_ROLE", info -> multiRole(info).setRole("a"), "'FrameworkInfo.role'"),
                new Case("roles without MULTI_ROLE", info -> info.addRoles("a"), "'FrameworkInfo.roles'"),
                new Case(
                        "a role twice",
                        info -> multiRole(info).addRoles("a").addRoles("b").addRoles("a"),
                        "[a]"),
                new Case("invalid role", info -> info.setRole("/a"), "'/a'"),
                new Case(
                        "one invalid role of many",
                        info -> multiRole(info).addRoles("a").addRoles("b/../c"),
                        "'b/../c'"),
                new Case("slash in the id", info -> info.getIdBuilder().setValue("a/b"), "FrameworkInfo.id"),
                new Case("long id", info -> info.getIdBuilder().setValue("x".repeat(256)), "255"),
                new Case("dots as id", info -> info.getIdBuilder().setValue(".."), "'..'"),
                new Case(
                        "control character in the id",
                        info -> info.getIdBuilder().setValue("a\nb"),
                        "control"),
                new Case("empty quantities", info -> info.putOfferFilters("a", filters("", 0)), "offer_filters"),
                new Case("negative quantity", info -> info.putOfferFilters("a", filters("cpus", -1)), "'cpus'"),
                new Case(
                        "infinite quantity",
                        info -> info.putOfferFilters("a", filters("cpus", Double.POSITIVE_INFINITY)),
                        "'cpus'"),
                new Case("filters for an invalid role", info -> info.putOfferFilters("-a", filters("cpus", 1)), "'-a'"),
                new Case("endless failover timeout", info -> info.setFailoverTimeout(1e10), "failover_timeout"),
                new Case("no number", info -> info.setFailoverTimeout(Double.NaN), "failover_timeout"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsInvalidIsNamed(Case invalid) {
        var info = info();
        invalid.changes.accept(info);

        assertThat(FrameworkValidation.problemWith(info.build()).orElseThrow()).contains(invalid.part);
    }

    private static OfferFilters filters(String name, double amount) {
        var filters = OfferFilters.newBuilder();
        var quantities = filters.getMinAllocatableResourcesBuilder().addQuantitiesBuilder();
        if (!name.isEmpty()) {
            quantities.putQuantities(
                    name, Value.Scalar.newBuilder().setValue(amount).build());
        }
        return filters.build();
    }

    @Test
    void suppressedRolesMustBeSubscribed() {
        var subscribe = Call.Subscribe.newBuilder()
                .setFrameworkInfo(info().setRole("a"))
                .addSuppressedRoles("a");
        assertThat(FrameworkValidation.problemWith(subscribe.build())).isEmpty();

        subscribe.addSuppressedRoles("b");
        assertThat(FrameworkValidation.problemWith(subscribe.build()).orElseThrow())
                .contains("[b]");
    }

    private static Call.Subscribe subscribe(String role, RoleConstraints constraints) {
        return Call.Subscribe.newBuilder()
                .setFrameworkInfo(info().setRole("a"))
                .setOfferConstraints(OfferConstraints.newBuilder().putRoleConstraints(role, constraints))
                .build();
    }

    private static RoleConstraints constraints(Consumer<AttributeConstraint.Builder> changes) {
        var constraints = RoleConstraints.newBuilder();
        var constraint = constraints.addGroupsBuilder().addAttributeConstraintsBuilder();
        constraint.getSelectorBuilder().setAttributeName("rack");
        constraint.getPredicateBuilder().getExistsBuilder();
        changes.accept(constraint);
        return constraints.build();
    }

    @Test
    void validConstraintsPass() {
        assertThat(FrameworkValidation.problemWith(subscribe("a", constraints(_ -> {}))))
                .isEmpty();
    }

    @Test
    void constraintsOfAForeignRoleAndEmptyOnesAreRefused() {
        var foreign = FrameworkValidation.problemWith(subscribe("b", constraints(_ -> {})));
        var noGroup = FrameworkValidation.problemWith(subscribe("a", RoleConstraints.getDefaultInstance()));
        var emptyGroup = RoleConstraints.newBuilder();
        emptyGroup.addGroupsBuilder();

        assertThat(foreign.orElseThrow()).contains("'b'").contains("not subscribed");
        assertThat(noGroup.orElseThrow()).contains("at least one group");
        assertThat(FrameworkValidation.problemWith(subscribe("a", emptyGroup.build()))
                        .orElseThrow())
                .contains("at least one constraint");
    }

    static Stream<ConstraintCase> invalidConstraints() {
        return Stream.of(
                new ConstraintCase(
                        "no selector",
                        constraint -> constraint.getSelectorBuilder().clear(),
                        "'selector'"),
                new ConstraintCase(
                        "unknown pseudo attribute",
                        constraint ->
                                constraint.getSelectorBuilder().setPseudoattributeType(PseudoattributeType.UNKNOWN),
                        "'pseudoattribute_type'"),
                new ConstraintCase(
                        "no predicate",
                        constraint -> constraint.getPredicateBuilder().clear(),
                        "'predicate'"),
                new ConstraintCase(
                        "broken expression",
                        constraint -> constraint
                                .getPredicateBuilder()
                                .getTextMatchesBuilder()
                                .setRegex("(a"),
                        "'regex'"),
                new ConstraintCase(
                        "broken negated expression",
                        constraint -> constraint
                                .getPredicateBuilder()
                                .getTextNotMatchesBuilder()
                                .setRegex("[a"),
                        "'regex'"),
                new ConstraintCase(
                        "long expression",
                        constraint -> constraint
                                .getPredicateBuilder()
                                .getTextMatchesBuilder()
                                .setRegex("a".repeat(1001)),
                        "1000"));
    }

    @ParameterizedTest
    @MethodSource("invalidConstraints")
    void invalidConstraintsAreNamed(ConstraintCase invalid) {
        assertThat(FrameworkValidation.problemWith(subscribe("a", constraints(invalid.changes)))
                        .orElseThrow())
                .contains("'offer_constraints' for role 'a'")
                .contains(invalid.part);
    }
}
