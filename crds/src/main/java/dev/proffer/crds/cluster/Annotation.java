package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An annotation of an object that the operator makes. */
@ApiType
public record Annotation(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Its name.")
        String name,

        @Required @Size(max = 4096) @JsonPropertyDescription("Its value.")
        String value) {}
