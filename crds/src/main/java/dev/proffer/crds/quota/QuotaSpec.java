package dev.proffer.crds.quota;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ApiType
public record QuotaSpec(
        @Required
        @Size(min = 1, max = Rules.ROLE_LENGTH)
        @ValidationRule(value = Rules.NAMED_ROLE, messageExpression = Rules.NAMED_ROLE_MESSAGE)
        @ValidationRule(
                value = "self == oldSelf",
                messageExpression = "\"role '\" + oldSelf + \"' cannot be changed; create another Quota\"")
        @JsonPropertyDescription("The role that it is for, and all below it.")
        String role,

        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Guarantees and limits, by resource; what is not named is neither guaranteed nor limited.")
        List<QuotaResource> resources) {

    public QuotaSpec(String role, @Nullable List<QuotaResource> resources) {
        this.role = role;
        this.resources = resources == null ? List.of() : List.copyOf(resources);
    }
}
