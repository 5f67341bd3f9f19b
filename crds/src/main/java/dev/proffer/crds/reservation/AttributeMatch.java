package dev.proffer.crds.reservation;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An attribute and its value, as text. */
@ApiType
public record AttributeMatch(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the attribute.")
        String name,

        @Required @Size(max = 253) @JsonPropertyDescription("Its value.")
        String value) {}
