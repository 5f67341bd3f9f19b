package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may bring frameworks.
 *
 * @param namespaces whose Framework objects count; * stands for all, and the cluster's own always counts
 * @param undeclared whether clients without a Framework object may subscribe, if they prove who they are
 */
@ApiType
public record AdmissionSpec(
        @Size(max = 1024)
        @JsonPropertyDescription(
                "Namespaces whose Frameworks are admitted, besides the cluster's own; * stands for all.")
        List<@Size(min = 1, max = 63) String> namespaces,

        @Default("false")
        @JsonPropertyDescription(
                "Whether whoever proves who they are may subscribe without a Framework object, with the roles that they are granted.")
        Boolean undeclared) {
    static final AdmissionSpec DEFAULTS = new AdmissionSpec(null, null);

    public AdmissionSpec(@Nullable List<String> namespaces, @Nullable Boolean undeclared) {
        this.namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        this.undeclared = Objects.requireNonNullElse(undeclared, false);
    }
}
