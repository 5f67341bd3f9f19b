package dev.proffer.crds.reservation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which agents: those that have all of the attributes; every agent, if none is named. */
@ApiType
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AgentSelector(
        @Size(max = 32)
        @JsonPropertyDescription("Attributes that an agent must have, each with the value given. All agents, if empty.")
        List<AttributeMatch> matchAttributes) {

    public AgentSelector(@Nullable List<AttributeMatch> matchAttributes) {
        this.matchAttributes = matchAttributes == null ? List.of() : List.copyOf(matchAttributes);
    }
}
