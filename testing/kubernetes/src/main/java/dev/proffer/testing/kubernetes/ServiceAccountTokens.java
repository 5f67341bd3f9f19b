package dev.proffer.testing.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tokens that the API server issues for service accounts, as a kubelet asks for them when a pod mounts one. */
public final class ServiceAccountTokens {
    /** The shortest that an API server issues. */
    public static final Duration SHORTEST = Duration.ofMinutes(10);

    private final KubernetesClient admin;

    ServiceAccountTokens(KubernetesClient admin) {
        this.admin = admin;
    }

    /** Makes a service account in the client's namespace. */
    public void createAccount(String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A token for those audiences; without any, for the API server itself. */
    public String issue(String account, String... audiences) {
        return issue(admin.getNamespace(), account, SHORTEST, null, audiences);
    }

    /** A token that ends with that object, a Pod say, and names it; of a Pod with a node, it names the node too. */
    public String issueBoundTo(HasMetadata object, String account, String... audiences) {
        return issue(object.getMetadata().getNamespace(), account, SHORTEST, object, audiences);
    }

    private String issue(
            String namespace, String account, Duration expiry, @Nullable HasMetadata bound, String... audiences) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(List.of(audiences))
                .withExpirationSeconds(expiry.toSeconds());
        if (bound != null) {
            request.withNewBoundObjectRef()
                    .withApiVersion(bound.getApiVersion())
                    .withKind(bound.getKind())
                    .withName(bound.getMetadata().getName())
                    .withUid(bound.getMetadata().getUid())
                    .endBoundObjectRef();
        }
        var issued = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(request.endSpec().build());
        return Objects.requireNonNull(issued.getStatus().getToken());
    }
}
