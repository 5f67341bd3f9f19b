package dev.proffer.crds.role;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** @param allowedSubjects who may use the role and all below it; nobody if empty */
@ApiType
public record RoleSpec(
        @Required
        @Size(min = 1, max = Rules.ROLE_LENGTH)
        @ValidationRule(value = Rules.ROLE, messageExpression = Rules.ROLE_MESSAGE)
        @ValidationRule(
                value = "self == oldSelf",
                messageExpression = "\"path '\" + oldSelf + \"' cannot be changed; create another Role\"")
        @JsonPropertyDescription(
                "The role: a path such as eng/web, whose parent is eng; or *, the role of frameworks that name none.")
        String path,

        @Default("1")
        @Min(value = 0, inclusive = false)
        @Max(1_000_000)
        @JsonPropertyDescription(
                "The role's due among its siblings: one with weight 2 gets twice as much as one with 1.")
        Double weight,

        @Default("0")
        @JsonPropertyDescription("Its rank where the parent's policy is priority; a higher one is served first.")
        Integer priority,

        @Default("drf") @JsonPropertyDescription("How the role's frameworks and children are ordered among themselves.")
        OrderPolicy policy,

        @Size(max = 128)
        @JsonPropertyDescription("Who may subscribe with this role, or one below it. Nobody, if empty.")
        List<Subject> allowedSubjects) {

    public RoleSpec(
            String path,
            @Nullable Double weight,
            @Nullable Integer priority,
            @Nullable OrderPolicy policy,
            @Nullable List<Subject> allowedSubjects) {
        this.path = path;
        this.weight = Objects.requireNonNullElse(weight, 1.0);
        this.priority = Objects.requireNonNullElse(priority, 0);
        this.policy = Objects.requireNonNullElse(policy, OrderPolicy.DRF);
        this.allowedSubjects = allowedSubjects == null ? List.of() : List.copyOf(allowedSubjects);
    }
}
