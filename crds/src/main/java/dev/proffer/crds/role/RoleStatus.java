package dev.proffer.crds.role;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Allocation;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operator judges the conditions, the leading master writes the figures. */
@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record RoleStatus(
        @JsonPropertyDescription("The generation of the spec that the conditions speak of.") @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription("Ready: in force. Conflict: another Role has the same path and is older.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the master that wrote the figures.")
        @Nullable
        Long term,

        @JsonPropertyDescription("How many frameworks are subscribed with the role.") @Nullable
        Integer frameworks,

        @Size(max = 64) @JsonPropertyDescription("What the role and those below it hold.")
        List<Allocation> allocation,

        @Size(max = 16)
        @JsonPropertyDescription("The largest part of any resource of the cluster that the role holds, such as 12.5%.")
        @Nullable
        String share) {

    public RoleStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable Integer frameworks,
            @Nullable List<Allocation> allocation,
            @Nullable String share) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.frameworks = frameworks;
        this.allocation = allocation == null ? List.of() : List.copyOf(allocation);
        this.share = share;
    }
}
