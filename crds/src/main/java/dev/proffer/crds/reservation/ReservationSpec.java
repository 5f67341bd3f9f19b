package dev.proffer.crds.reservation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.ResourceAmount;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param agentName of one Agent object
 * @param agentSelector or which agents qualify
 * @param count on how many of those that qualify; all of them, if absent
 */
@ApiType
@ValidationRule(
        value = "has(self.agentName) != has(self.agentSelector)",
        message =
                "a reservation names an agent (agentName) or says which qualify (agentSelector), not both and not neither")
@ValidationRule(
        value = "!has(self.count) || has(self.agentSelector)",
        message =
                "count says on how many of the selected agents; remove it, or use agentSelector in place of agentName")
public record ReservationSpec(
        @Required
        @Size(min = 1, max = Rules.ROLE_LENGTH)
        @ValidationRule(value = Rules.NAMED_ROLE, messageExpression = Rules.NAMED_ROLE_MESSAGE)
        @ValidationRule(
                value = "self == oldSelf",
                messageExpression = "\"role '\" + oldSelf + \"' cannot be changed; create another Reservation\"")
        @JsonPropertyDescription("For which role, and all below it.")
        String role,

        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.all(r, has(r.amount))",
                message =
                        "only resources that are counted in amounts can be reserved this way; remove the ones with ranges")
        @JsonPropertyDescription("What is set aside on each agent.")
        List<ResourceAmount> resources,

        @Size(min = 1, max = Rules.NAME_LENGTH)
        @JsonPropertyDescription("The one agent, by the name of its Agent object.")
        @Nullable
        String agentName,

        @JsonPropertyDescription("Which agents qualify.") @Nullable
        AgentSelector agentSelector,

        @Min(1)
        @Max(100_000)
        @JsonPropertyDescription("On how many of the agents that qualify; on all of them, if absent.")
        @Nullable
        Integer count) {

    public ReservationSpec(
            String role,
            @Nullable List<ResourceAmount> resources,
            @Nullable String agentName,
            @Nullable AgentSelector agentSelector,
            @Nullable Integer count) {
        this.role = role;
        this.resources = resources == null ? List.of() : List.copyOf(resources);
        this.agentName = agentName;
        this.agentSelector = agentSelector;
        this.count = count;
    }
}
