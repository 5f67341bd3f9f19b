package dev.proffer.master.edge.identity;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.model.Principal;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the API server review tokens that were issued for one audience. Needs the right to create TokenReviews. */
public final class KubernetesTokenReviews implements TokenReviews, AutoCloseable {
    /** Of a token that is bound to a pod; set by API servers from 1.32 on. */
    static final String NODE_NAME = "authentication.kubernetes.io/node-name";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String audience;

    private KubernetesTokenReviews(KubernetesClient client, String audience) {
        this.client = client;
        this.audience = audience;
    }

    /** With a client of its own for the API server that {@code base} names. Close it. */
    public static KubernetesTokenReviews open(Config base, Vertx vertx, String audience) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        var config = new ConfigBuilder(base)
                .withConnectionTimeout(millis)
                .withRequestTimeout(millis)
                .withRequestRetryBackoffLimit(0)
                .build();
        var client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
        return new KubernetesTokenReviews(client, audience);
    }

    @Override
    public Review review(String token) throws IOException {
        var question = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(audience)
                .endSpec()
                .build();
        try {
            return judge(client.tokenReviews().create(question).getStatus());
        } catch (KubernetesClientException e) {
            throw new IOException("the API server cannot be asked to review tokens: " + describe(e), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private Review judge(@Nullable TokenReviewStatus status) throws IOException {
        if (status == null) {
            throw new IOException("the API server's review of a token is empty");
        }
        if (!Boolean.TRUE.equals(status.getAuthenticated()) || status.getUser() == null) {
            var error = Objects.requireNonNullElse(status.getError(), "");
            return new Review.Refused(
                    error.isEmpty() ? "the API server does not accept it for the audience " + audience : error);
        }
        // An authenticator that knows nothing of audiences accepts a token for its own one.
        if (!Objects.requireNonNullElse(status.getAudiences(), List.<String>of())
                .contains(audience)) {
            return new Review.Refused("it was not issued for the audience " + audience);
        }
        return accepted(status.getUser());
    }

    /** Whom the API server recognised. */
    static Review accepted(UserInfo user) {
        var name = Objects.requireNonNullElse(user.getUsername(), "");
        if (name.isEmpty()) {
            return new Review.Refused("it names no user");
        }
        // Groups of ours are proved to masters, never to the API server: some other authority made them up.
        var groups = Objects.requireNonNullElse(user.getGroups(), List.<String>of()).stream()
                .filter(group -> !group.startsWith(ClusterAccess.GROUP_PREFIX))
                .toList();
        var extra = Objects.requireNonNullElse(user.getExtra(), Collections.<String, List<String>>emptyMap());
        var nodes = extra.getOrDefault(NODE_NAME, List.of());
        return new Review.Accepted(
                new Principal(name, groups), nodes.size() == 1 ? Optional.of(nodes.getFirst()) : Optional.empty());
    }

    /** Without the request, which holds the token. */
    private static String describe(KubernetesClientException e) {
        return e.getCode() > 0 ? "status " + e.getCode() : String.valueOf(e.getCause() == null ? e : e.getCause());
    }
}
