package dev.proffer.crds.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A port of the master for schedulers and operators.
 *
 * @param tls whether it speaks HTTPS
 * @param authentication how clients may prove who they are
 * @param advertisedAddress where standbys send clients; found by itself for an internal one
 */
@ApiType
@ValidationRule(
        value = "self.type == 'Internal' || has(self.advertisedAddress)",
        messageExpression =
                "\"listener '\" + self.name + \"' needs an advertisedAddress: the host and port at which clients"
                        + " reach it from outside\"")
@ValidationRule(
        value = "!has(self.nodePort) || self.type == 'NodePort'",
        message = "nodePort is for listeners of type NodePort; remove it, or change the type")
@ValidationRule(
        value = "self.type != 'Ingress' || has(self.ingress)",
        message = "ingress is missing: a listener of type Ingress needs a host")
public record Listener(
        @Required
        @Size(min = 1, max = 40)
        @ValidationRule(
                value = "self.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
                messageExpression =
                        "\"'\" + self + \"' is not a name for a listener; use lower-case letters, digits and dashes\"")
        @JsonPropertyDescription("Its name, part of the Service's.")
        String name,

        @Default("Internal") @JsonPropertyDescription("How it is reached.")
        Type type,

        @Default("5050") @Min(1024) @Max(65535) @JsonPropertyDescription("The port.")
        Integer port,

        @Default("true") @JsonPropertyDescription("Whether it speaks HTTPS.")
        Boolean tls,

        @Default("[\"Token\"]")
        @Size(min = 1, max = 3)
        @JsonPropertyDescription(
                "How clients may prove who they are: Token (of a ServiceAccount), Basic (HTTP basic); Anonymous asks nobody.")
        List<Authentication> authentication,

        @Size(min = 3, max = 300)
        @ValidationRule(
                value = "self.matches('^[^/:\\\\s]+:[0-9]{1,5}$')",
                messageExpression = "\"'\" + self + \"' is not an address; write host:port\"")
        @JsonPropertyDescription("host:port at which clients reach the leader through this listener.")
        @Nullable
        String advertisedAddress,

        @Min(1) @Max(65535) @JsonPropertyDescription("The nodes' port; chosen by the API server, if absent.") @Nullable
        Integer nodePort,

        @JsonPropertyDescription("The Ingress of a listener of that type.") @Nullable
        IngressSpec ingress,

        @Size(max = 32) @JsonPropertyDescription("Annotations of its Service, for load balancers.")
        List<Annotation> annotations) {
    static final Listener DEFAULT = new Listener("internal", null, null, null, null, null, null, null, null);

    public Listener(
            String name,
            @Nullable Type type,
            @Nullable Integer port,
            @Nullable Boolean tls,
            @Nullable List<Authentication> authentication,
            @Nullable String advertisedAddress,
            @Nullable Integer nodePort,
            @Nullable IngressSpec ingress,
            @Nullable List<Annotation> annotations) {
        this.name = name;
        this.type = Objects.requireNonNullElse(type, Type.Internal);
        this.port = Objects.requireNonNullElse(port, 5050);
        this.tls = Objects.requireNonNullElse(tls, true);
        this.authentication = authentication == null || authentication.isEmpty()
                ? List.of(Authentication.Token)
                : List.copyOf(authentication);
        this.advertisedAddress = advertisedAddress;
        this.nodePort = nodePort;
        this.ingress = ingress;
        this.annotations = annotations == null ? List.of() : List.copyOf(annotations);
    }

    /** How a listener is reached. */
    public enum Type {
        Internal,
        NodePort,
        LoadBalancer,
        Ingress
    }

    /** How clients may prove who they are. */
    public enum Authentication {
        Token,
        Basic,
        Anonymous
    }
}
