package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A label that a node has. */
@ApiType
public record NodeLabel(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Its name.")
        String name,

        @Required @Size(max = 63) @JsonPropertyDescription("Its value.")
        String value) {}
