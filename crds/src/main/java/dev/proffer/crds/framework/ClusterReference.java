package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** @param namespace the Framework's own, if absent */
@ApiType
public record ClusterReference(
        @Required
        @Size(min = 1, max = Rules.NAME_LENGTH)
        @ValidationRule(value = Rules.OBJECT_NAME, messageExpression = Rules.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the ProfferCluster.")
        String name,

        @Size(min = 1, max = 63)
        @ValidationRule(value = Rules.OBJECT_NAME, messageExpression = Rules.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Its namespace; the Framework's own, if absent.")
        @Nullable
        String namespace) {}
