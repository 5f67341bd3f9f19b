package dev.proffer.crds.agent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That an agent is to be emptied.
 *
 * @param after how long frameworks have to move their tasks, once they are asked by inverse offers
 * @param maxGracePeriod the longest time that a task then has between being told and being killed
 * @param markGone whether the agent is declared gone once it is empty, so that it cannot come back under its id
 */
@ApiType
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Drain(
        @Default("0s")
        @Size(max = Rules.DURATION_LENGTH)
        @ValidationRule(value = Rules.DURATION, messageExpression = Rules.DURATION_MESSAGE)
        @JsonPropertyDescription(
                "How long frameworks have to move tasks, asked by inverse offers, before they are killed.")
        String after,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(max = Rules.DURATION_LENGTH)
        @ValidationRule(value = Rules.DURATION, messageExpression = Rules.DURATION_MESSAGE)
        @JsonPropertyDescription("The longest grace of a task that is killed; without it, the task's own.")
        @Nullable
        String maxGracePeriod,

        @Default("false") @JsonPropertyDescription("Whether the agent is declared gone for good, once it is empty.")
        Boolean markGone) {

    public Drain(@Nullable String after, @Nullable String maxGracePeriod, @Nullable Boolean markGone) {
        this.after = Objects.requireNonNullElse(after, "0s");
        this.maxGracePeriod = maxGracePeriod;
        this.markGone = Objects.requireNonNullElse(markGone, false);
    }
}
