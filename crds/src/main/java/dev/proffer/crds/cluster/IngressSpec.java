package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The Ingress of a listener. */
@ApiType
public record IngressSpec(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The host name.")
        String host,

        @Size(min = 1, max = 253) @JsonPropertyDescription("The IngressClass; the default one, if absent.") @Nullable
        String className,

        @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret with the host's certificate.") @Nullable
        String secretName) {}
