package dev.proffer.testing.kubernetes.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.proffer.master.edge.agentlink.AgentAuthenticator.Verdict;
import dev.proffer.master.edge.identity.KubernetesTokenReviews;
import dev.proffer.master.edge.identity.NodeTokenCheck;
import dev.proffer.master.edge.identity.ReviewSettings;
import dev.proffer.master.edge.identity.TokenReviewer;
import dev.proffer.master.edge.identity.TokenReviews.Review;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.ApiServer;
import dev.proffer.testing.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The master's account may review tokens and do nothing else; it judges agents and frameworks by what it is told. */
class TokenReviewsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final String AUDIENCE = "proffer.dev/test";

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Duration later = Duration.ZERO;

    @BeforeEach
    void accounts() {
        kubernetes.tokens().createAccount("master");
        kubernetes.tokens().createAccount("agent");
        kubernetes.tokens().createAccount("driver");
        var name = "reviewer-" + kubernetes.namespace();
        var role = new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups("authentication.k8s.io")
                .withResources("tokenreviews")
                .withVerbs("create")
                .endRule()
                .build();
        var binding = new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName("master")
                .withNamespace(kubernetes.namespace())
                .endSubject()
                .build();
        kubernetes.admin().resource(role).create();
        kubernetes.admin().resource(binding).create();
        opened.add(() -> kubernetes.admin().resource(binding).delete());
        opened.add(() -> kubernetes.admin().resource(role).delete());
    }

    @AfterEach
    void close() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aTokenForTheRightAudienceNamesItsAccountAndGroups() throws IOException {
        var review = reviews().review(kubernetes.tokens().issue("driver", AUDIENCE));
        assertThat(review)
                .isEqualTo(new Review.Accepted(
                        Principal.serviceAccount(kubernetes.namespace(), "driver"), Optional.empty()));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws IOException {
        var reviews = reviews();
        assertThat(reviews.review(kubernetes.tokens().issue("driver", "vault"))).isInstanceOf(Review.Refused.class);
        assertThat(reviews.review(kubernetes.tokens().issue("driver"))).isInstanceOf(Review.Refused.class);
    }

    @Test
    void anExpiredTokenIsRefused() throws IOException {
        var review = reviews().review(signed("driver", Instant.now().minusSeconds(300)));
        assertThat(review)
                .asInstanceOf(type(Review.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains("expired"));
    }

    @Test
    void rubbishIsRefused() throws IOException {
        assertThat(reviews().review("rubbish")).isInstanceOf(Review.Refused.class);
    }

    @Test
    void aDeletedAccountsTokenIsRefused() throws IOException {
        var token = kubernetes.tokens().issue("driver", AUDIENCE);
        kubernetes.admin().serviceAccounts().withName("driver").delete();
        assertThat(reviews().review(token)).isInstanceOf(Review.Refused.class);
    }

    @Test
    void withoutTheRightToReviewNobodyIsRefused() {
        kubernetes
                .admin()
                .rbac()
                .clusterRoleBindings()
                .withName("reviewer-" + kubernetes.namespace())
                .delete();
        var reviews = reviews();
        var token = kubernetes.tokens().issue("driver", AUDIENCE);
        assertThatThrownBy(() -> reviews.review(token))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 403")
                .hasMessageNotContaining(token);
    }

    @Test
    void anAgentOnItsNodeIsBelieved() {
        var token = kubernetes.tokens().issueBoundTo(pod("agent", "node-1"), "agent", AUDIENCE);
        assertThat(judge(token, "node-1"))
                .asInstanceOf(type(Verdict.Accepted.class))
                .satisfies(accepted -> assertThat(accepted.lasting().orElseThrow())
                        .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10)));
    }

    @Test
    void anAgentWithAnotherNodesTokenIsRefused() {
        var token = kubernetes.tokens().issueBoundTo(pod("agent", "node-2"), "agent", AUDIENCE);
        assertThat(judge(token, "node-1"))
                .asInstanceOf(type(Verdict.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains("'node-2'", "'node-1'"));
    }

    @Test
    void anAgentWithATokenOfNoPodIsRefused() {
        assertThat(judge(kubernetes.tokens().issue("agent", AUDIENCE), "node-1"))
                .asInstanceOf(type(Verdict.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains("names no node"));
    }

    @Test
    void aFrameworkOnTheNodeIsNoAgent() {
        var token = kubernetes.tokens().issueBoundTo(pod("driver", "node-1"), "driver", AUDIENCE);
        assertThat(judge(token, "node-1"))
                .asInstanceOf(type(Verdict.Refused.class))
                .satisfies(refused -> assertThat(refused.reason()).contains(":driver"));
    }

    @Test
    void aTokenEndsWithItsPod() {
        var pod = pod("agent", "node-1");
        var token = kubernetes.tokens().issueBoundTo(pod, "agent", AUDIENCE);
        kubernetes.admin().resource(pod).withGracePeriod(0).delete();
        assertThat(judge(token, "node-1")).isInstanceOf(Verdict.Refused.class);
    }

    /** Fault 5: what was known holds, and who is new waits. */
    @Test
    void whileTheApiServerIsGoneWhoWasReviewedIsBelieved() {
        var wire = kubernetes.proxy();
        var reviews = KubernetesTokenReviews.open(asMaster().through(wire).clientConfig(), vertx, AUDIENCE);
        opened.addFirst(reviews);
        var reviewer = reviewer(reviews);
        var known = kubernetes.tokens().issue("driver", AUDIENCE);
        var unknown = kubernetes.tokens().issue("agent", AUDIENCE);
        assertThat(reviewer.review(known).toCompletableFuture().join()).isInstanceOf(Review.Accepted.class);

        wire.cut();
        later = Duration.ofMinutes(5);
        assertThat(reviewer.review(known).toCompletableFuture().join()).isInstanceOf(Review.Accepted.class);
        assertThatThrownBy(() -> reviewer.review(unknown).toCompletableFuture().join())
                .hasRootCauseInstanceOf(IOException.class);
        later = Duration.ofMinutes(11);
        assertThat(reviewer.review(known).toCompletableFuture().join()).isEqualTo(new Review.Refused("it has expired"));

        later = Duration.ZERO;
        wire.mend();
        assertThat(reviewer.review(unknown).toCompletableFuture().join()).isInstanceOf(Review.Accepted.class);
    }

    private Verdict judge(String token, String hostname) {
        var agents = new Principal.ServiceAccount(kubernetes.namespace(), "agent");
        return new NodeTokenCheck(reviewer(reviews()), agents, this::now)
                .authenticate(hostname, token)
                .toCompletableFuture()
                .join();
    }

    private TokenReviewer reviewer(KubernetesTokenReviews reviews) {
        return new TokenReviewer(reviews, AUDIENCE, ReviewSettings.DEFAULTS, this::now);
    }

    private KubernetesTokenReviews reviews() {
        var reviews = KubernetesTokenReviews.open(asMaster().clientConfig(), vertx, AUDIENCE);
        opened.addFirst(reviews);
        return reviews;
    }

    private static Access asMaster() {
        return kubernetes.access().withToken(kubernetes.tokens().issue("master"));
    }

    private Moment now() {
        return new Moment(System.nanoTime(), Instant.now()).plus(later);
    }

    private static Pod pod(String account, String node) {
        kubernetes
                .admin()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return kubernetes
                .admin()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(account)
                        .withNodeName(node)
                        .addNewContainer()
                        .withName("main")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private static String signed(String account, Instant expiry) {
        var uid = kubernetes
                .admin()
                .serviceAccounts()
                .withName(account)
                .get()
                .getMetadata()
                .getUid();
        long end = expiry.getEpochSecond();
        return kubernetes.server().sign("""
                {"iss":"%s","aud":["%s"],"sub":"system:serviceaccount:%s:%s","iat":%d,"nbf":%d,"exp":%d,
                 "kubernetes.io":{"namespace":"%s","serviceaccount":{"name":"%s","uid":"%s"}}}
                """.formatted(
                        ApiServer.ISSUER,
                        AUDIENCE,
                        kubernetes.namespace(),
                        account,
                        end - 900,
                        end - 900,
                        end,
                        kubernetes.namespace(),
                        account,
                        uid));
    }
}
