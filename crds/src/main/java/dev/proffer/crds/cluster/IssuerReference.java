package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An issuer of cert-manager's. */
@ApiType
public record IssuerReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Its name.")
        String name,

        @Default("Issuer") @JsonPropertyDescription("Issuer, of the same namespace, or ClusterIssuer.")
        Kind kind) {

    public IssuerReference(String name, @Nullable Kind kind) {
        this.name = name;
        this.kind = Objects.requireNonNullElse(kind, Kind.Issuer);
    }

    /** What kind of issuer. */
    public enum Kind {
        Issuer,
        ClusterIssuer
    }
}
