package dev.proffer.crds.role;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Somebody who can prove who they are. */
@ApiType
@ValidationRule(
        value = "(self.kind == 'ServiceAccount') == (self.namespace != '')",
        messageExpression = "self.kind == 'ServiceAccount' ? \"namespace is missing: a ServiceAccount lives in one\""
                + " : \"namespace must be absent: only a ServiceAccount has one\"")
public record Subject(
        @Required @JsonPropertyDescription("ServiceAccount, User (of a token or of basic credentials) or Group.")
        Kind kind,

        @Default("") @Size(max = 63) @JsonPropertyDescription("The ServiceAccount's namespace.")
        String namespace,

        @Required
        @Size(min = 1, max = Rules.NAME_LENGTH)
        @JsonPropertyDescription("Its name; * stands for every ServiceAccount of the namespace.")
        String name) {

    public Subject(Kind kind, @Nullable String namespace, String name) {
        this.kind = kind;
        this.namespace = Objects.requireNonNullElse(namespace, "");
        this.name = name;
    }

    /** What kind of subject. */
    public enum Kind {
        ServiceAccount,
        User,
        Group
    }
}
