package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** @param tokenAudience of the tokens of frameworks and agents; proffer.dev/&lt;namespace&gt;/&lt;name&gt;, if absent */
@ApiType
@ValidationRule(
        value = "self.certificates != 'Secret' || has(self.secretName)",
        message =
                "secretName is missing: with certificates: Secret, name the Secret that holds tls.crt, tls.key and ca.crt")
@ValidationRule(
        value = "self.certificates != 'CertManager' || has(self.issuer)",
        message = "issuer is missing: with certificates: CertManager, name the Issuer or ClusterIssuer")
public record SecuritySpec(
        @Default("Generated")
        @JsonPropertyDescription(
                "Where certificates come from: a CA of the operator's own, a Secret of yours, or cert-manager.")
        Certificates certificates,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "The Secret, of type kubernetes.io/tls and with ca.crt, if certificates are in one of yours.")
        @Nullable
        String secretName,

        @JsonPropertyDescription("Who issues, if certificates come from cert-manager.") @Nullable
        IssuerReference issuer,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "The audience of tokens of frameworks and agents; proffer.dev/<namespace>/<name>, if absent.")
        @Nullable
        String tokenAudience) {
    static final SecuritySpec DEFAULTS = new SecuritySpec(null, null, null, null);

    public SecuritySpec(
            @Nullable Certificates certificates,
            @Nullable String secretName,
            @Nullable IssuerReference issuer,
            @Nullable String tokenAudience) {
        this.certificates = Objects.requireNonNullElse(certificates, Certificates.Generated);
        this.secretName = secretName;
        this.issuer = issuer;
        this.tokenAudience = tokenAudience;
    }

    /** Where certificates come from. */
    public enum Certificates {
        Generated,
        Secret,
        CertManager
    }
}
