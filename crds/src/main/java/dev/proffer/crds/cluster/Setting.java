package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A program's setting. */
@ApiType
public record Setting(
        @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')",
                messageExpression =
                        "\"'\" + self + \"' is not a setting's name; write it as in the configuration reference,"
                                + " without its prefix, such as offer-timeout\"")
        @JsonPropertyDescription("Its name, without the prefix proffer.master or proffer.agent.")
        String name,

        @Required @Size(max = 1024) @JsonPropertyDescription("Its value.")
        String value) {}
