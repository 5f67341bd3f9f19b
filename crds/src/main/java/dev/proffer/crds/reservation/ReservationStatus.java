package dev.proffer.crds.reservation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param agents the first few, by name of their Agent objects */
@ApiType
@ValidationRule(value = Rules.TERM_STAYS, message = Rules.TERM_STAYS_MESSAGE)
public record ReservationStatus(
        @JsonPropertyDescription("The generation of the spec that the conditions speak of.") @Nullable
        Long observedGeneration,

        @Size(max = 16) @JsonPropertyDescription("Ready: in force. Bound: set aside on as many agents as desired.")
        List<Condition> conditions,

        @ValidationRule(value = Rules.TERM_NEVER_FALLS, message = Rules.TERM_NEVER_FALLS_MESSAGE)
        @JsonPropertyDescription("The term of the master that wrote the figures.")
        @Nullable
        Long term,

        @JsonPropertyDescription("On how many agents it should be set aside.") @Nullable
        Integer desired,

        @JsonPropertyDescription("On how many agents it is.") @Nullable
        Integer bound,

        @Size(max = 10) @JsonPropertyDescription("The first few of these agents.")
        List<String> agents) {

    public ReservationStatus(
            @Nullable Long observedGeneration,
            @Nullable List<Condition> conditions,
            @Nullable Long term,
            @Nullable Integer desired,
            @Nullable Integer bound,
            @Nullable List<String> agents) {
        this.observedGeneration = observedGeneration;
        this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
        this.term = term;
        this.desired = desired;
        this.bound = bound;
        this.agents = agents == null ? List.of() : List.copyOf(agents);
    }
}
