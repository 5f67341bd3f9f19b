package dev.proffer.crds.common;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;

/** What somebody holds of a resource, in use or offered; rounded, and not older than a minute or so. */
@ApiType
public record Allocation(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the resource.")
        String name,

        @Required @JsonPropertyDescription("How much is held.")
        Quantity amount) {}
