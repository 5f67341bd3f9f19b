package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** @param namespace the Framework's own, if absent */
@ApiType
public record ClusterReference(
        @Required @Size(min = 1, max = Rules.NAME_LENGTH) @JsonPropertyDescription("Name of the ProfferCluster.")
        String name,

        @Size(min = 1, max = 63) @JsonPropertyDescription("Its namespace; the Framework's own, if absent.") @Nullable
        String namespace) {}
