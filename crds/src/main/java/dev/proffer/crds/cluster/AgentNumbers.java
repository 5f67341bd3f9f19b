package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;

/** How many agents there are. */
@ApiType
public record AgentNumbers(
        @Required @JsonPropertyDescription("How many are connected and offered.")
        Integer ready,

        @Required @JsonPropertyDescription("How many are known and not gone.")
        Integer total) {}
