package dev.proffer.crds.framework;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** @param secretName of type kubernetes.io/basic-auth; the operator makes it if it is missing */
@ApiType
public record BasicAuth(
        @Required
        @Size(min = 1, max = Rules.NAME_LENGTH)
        @ValidationRule(value = Rules.OBJECT_NAME, messageExpression = Rules.OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription(
                "Name of a Secret of type kubernetes.io/basic-auth in this namespace, with username and password, and"
                        + " previous-password while it is being changed. The operator makes it, if it is missing. The principal"
                        + " is <namespace>/<username>.")
        String secretName) {}
