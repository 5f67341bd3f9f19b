package dev.proffer.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of service accounts, and what a review says of them. */
class ServiceAccountTokensIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final String AUDIENCE = "proffer.example";

    @BeforeEach
    void createAccount() {
        kubernetes.tokens().createAccount("runner");
    }

    @Test
    void aTokenIsWorthItsAudienceAlone() {
        var token = kubernetes.tokens().issue("runner", AUDIENCE);
        assertThat(review(token, AUDIENCE))
                .returns(true, TokenReviewStatus::getAuthenticated)
                .returns(List.of(AUDIENCE), TokenReviewStatus::getAudiences)
                .returns(userName(), status -> status.getUser().getUsername());
        assertThat(review(token, "another")).returns(null, TokenReviewStatus::getAuthenticated);
        var asRunner = kubernetes.access().withToken(token);
        assertThat(kubernetes.kubectl(asRunner).run("get", "pods").expectFailure())
                .contains("must be logged in");
    }

    @Test
    void aTokenForTheApiServerIsAnIdentity() {
        var asRunner = kubernetes.access().withToken(kubernetes.tokens().issue("runner"));
        assertThat(kubernetes.kubectl(asRunner).get("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"))
                .isEqualTo(userName());
        assertThat(kubernetes.kubectl(asRunner).run("get", "pods").expectFailure())
                .contains("User \"" + userName() + "\" cannot list resource \"pods\"");
    }

    @Test
    void aTokenOfAPodNamesItsNodeAndEndsWithIt() {
        var admin = kubernetes.admin();
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-1")
                        .endMetadata()
                        .build())
                .create();
        var pod = admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("agent")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName("runner")
                        .withNodeName("node-1")
                        .addNewContainer()
                        .withName("agent")
                        .withImage("agent")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        var token = kubernetes.tokens().issueBoundTo(pod, "runner", AUDIENCE);
        assertThat(review(token, AUDIENCE).getUser().getExtra())
                .containsEntry("authentication.kubernetes.io/node-name", List.of("node-1"))
                .containsEntry("authentication.kubernetes.io/pod-name", List.of("agent"));
        // The API server remembers for some seconds whom it reviewed.
        var unseen = kubernetes.tokens().issueBoundTo(pod, "runner", AUDIENCE);
        admin.resource(pod).withGracePeriod(0).delete();
        assertThat(review(unseen, AUDIENCE).getError()).contains("service account token has been invalidated");
    }

    @Test
    void aTokenThatHasExpiredIsRefused() {
        var account = kubernetes.admin().serviceAccounts().withName("runner").get();
        var claims = """
                {"iss":"%s","aud":["%s"],"sub":"%s","iat":%d,"nbf":%d,"exp":%d,
                 "kubernetes.io":{"namespace":"%s","serviceaccount":{"name":"runner","uid":"%s"}}}
                """;
        var now = Instant.now().getEpochSecond();
        var valid = kubernetes
                .server()
                .sign(claims.formatted(
                        ApiServer.ISSUER,
                        AUDIENCE,
                        userName(),
                        now,
                        now,
                        now + 600,
                        kubernetes.namespace(),
                        account.getMetadata().getUid()));
        assertThat(review(valid, AUDIENCE)).returns(true, TokenReviewStatus::getAuthenticated);
        var expired = kubernetes
                .server()
                .sign(claims.formatted(
                        ApiServer.ISSUER,
                        AUDIENCE,
                        userName(),
                        now - 900,
                        now - 900,
                        now - 300,
                        kubernetes.namespace(),
                        account.getMetadata().getUid()));
        assertThat(review(expired, AUDIENCE).getError()).contains("token has expired");
    }

    private static String userName() {
        return "system:serviceaccount:" + kubernetes.namespace() + ":runner";
    }

    private static TokenReviewStatus review(String token, String audience) {
        return kubernetes
                .admin()
                .resource(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .withAudiences(audience)
                        .endSpec()
                        .build())
                .create()
                .getStatus();
    }
}
