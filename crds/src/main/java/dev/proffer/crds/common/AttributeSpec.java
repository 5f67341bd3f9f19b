package dev.proffer.crds.common;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An attribute of agents, by which frameworks choose. */
@ApiType
public record AttributeSpec(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Its name.")
        String name,

        @Required @Size(max = 253) @JsonPropertyDescription("Its value: text, a number, or ranges such as [1-10].")
        String value) {}
