package dev.proffer.crds.quota;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Allocation;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record QuotaStatus(
        @JsonPropertyDescription("The generation of the spec that the conditions speak of.") @Nullable
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready: in force. Feasible: all guarantees fit their parents and the cluster. Conflict: an older Quota has the"
                        + " same role. Satisfied: the role has what it is guaranteed, or could take it at once.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the master that wrote the figures.")
        @Nullable
        Long term,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What counts against the quota: what is held, and what is reserved for the role and not held.")
        List<Allocation> consumed) {

    public QuotaStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable List<Allocation> consumed) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.consumed = consumed == null ? List.of() : List.copyOf(consumed);
    }
}
