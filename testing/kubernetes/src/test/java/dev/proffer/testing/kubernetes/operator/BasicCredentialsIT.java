package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.PodEnvironment;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.Subscription;
import dev.proffer.sdk.Termination;
import dev.proffer.sdk.driver.SchedulerDriver;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Master;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a Framework that asks for HTTP basic to a framework that subscribes by it, and is refused once its Framework is gone. */
class BasicCredentialsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final String NEW_SECRET = "the-new-and-longer-secret";

    private static @Nullable Program operator;
    private static @Nullable Install install;

    @TempDir
    Path mounted;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        install = Install.into(kubernetes);
        operator = install.operator();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(operator).close();
    }

    @Test
    void aFrameworkSubscribesByTheSecretThatTheOperatorMadeAndNotWithoutItsFramework() throws Exception {
        apply(cluster());
        apply(framework());
        awaitReason("SecretForbidden");
        kubernetes
                .kubectl()
                .get(
                        "create",
                        "rolebinding",
                        "credentials",
                        "--clusterrole=proffer-credentials",
                        "--serviceaccount=proffer:proffer-operator");
        awaitReason("Admitted");
        var principal = kubernetes.namespace() + "/" + value("username");
        var secret = Files.writeString(folder.resolve("secret"), value("password"));
        var scheduler = new Counting();
        var ended = new CompletableFuture<Termination>();
        try (var master = master();
                var driver = driver(master, principal, secret, scheduler)) {
            master.awaitReady();
            assertThat(ask(master, principal, value("password")).statusCode())
                    .as("before the Secret is mounted")
                    .isEqualTo(401);
            mountUntil(() -> ask(master, principal, value("password")).statusCode() == 200);
            Thread.ofVirtual().start(() -> ended.complete(driver.run()));
            await().atMost(Install.PATIENCE).until(() -> scheduler.subscriptions.get() > 0);

            var refused = ask(master, principal, "not-the-right-secret");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"mesos-master-readonly\"");
            assertThat(Files.readString(mounted.resolve("credentials"))).doesNotContain(value("password"));

            rotate();
            mountUntil(() -> ask(master, principal, NEW_SECRET).statusCode() == 200);
            assertThat(ask(master, principal, Files.readString(secret)).statusCode())
                    .as("the former secret, while it is kept")
                    .isEqualTo(200);
            assertThat(scheduler.subscriptions).hasValue(1);

            kubernetes.kubectl().get("delete", "pfw", "old", "--timeout=60s");
            assertThat(ended.get(Install.PATIENCE.toSeconds(), TimeUnit.SECONDS).reason())
                    .contains("is not admitted");
            mountUntil(() -> ask(master, principal, NEW_SECRET).statusCode() == 401);
        }
    }

    /** The operator looks at tenants' Secrets once a minute. */
    private void mountUntil(Callable<Boolean> done) {
        await().atMost(Install.PATIENCE.multipliedBy(3)).until(() -> {
            mount();
            return done.call();
        });
    }

    private static String cluster() {
        return """
                apiVersion: proffer.dev/v1alpha1
                kind: ProfferCluster
                metadata: {name: main, namespace: proffer}
                spec:
                  listeners: [{name: old, tls: false, authentication: [Basic]}]
                  admission: {namespaces: ["*"]}
                ---
                apiVersion: proffer.dev/v1alpha1
                kind: Role
                metadata: {name: eng, namespace: proffer}
                spec: {path: eng, allowedSubjects: [{kind: Group, name: "proffer:framework:%s/old"}]}
                """.formatted(kubernetes.namespace());
    }

    private static String framework() {
        return """
                apiVersion: proffer.dev/v1alpha1
                kind: Framework
                metadata: {name: old, namespace: %s}
                spec:
                  cluster: {name: main, namespace: proffer}
                  roles: [eng]
                  basicAuth: {secretName: old-secret}
                """.formatted(kubernetes.namespace());
    }

    private Master master() throws IOException {
        var access = kubernetes
                .access()
                .withToken(Objects.requireNonNull(install).token("proffer-master"))
                .inNamespace("proffer");
        return Master.start(
                "master",
                Master.Ports.free(),
                "kubeconfig=" + kubernetes.kubeconfig(access),
                "proffer.master.namespace=proffer",
                "proffer.master.cluster=main",
                "proffer.master.policy=objects",
                "proffer.master.identity.basic-credentials=" + mounted,
                "proffer.master.listeners.test.authentication=basic");
    }

    private static SchedulerDriver driver(Master master, String principal, Path secret, Scheduler scheduler) {
        var environment = Map.of(
                "PROFFER_MASTER",
                master.schedulers().toString(),
                "PROFFER_PRINCIPAL",
                principal,
                "PROFFER_SECRET_FILE",
                secret.toString());
        return new SchedulerDriver(
                scheduler, PodEnvironment.of(environment).configure("old").withRoles("eng"));
    }

    /** What a kubelet does. */
    private void mount() throws IOException {
        var written = kubernetes
                .admin()
                .secrets()
                .inNamespace("proffer")
                .withName("proffer-credentials")
                .get();
        var next = folder.resolve("next");
        Files.write(next, Base64.getDecoder().decode(written.getData().get("credentials")));
        Files.move(
                next,
                mounted.resolve("credentials"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private static void rotate() {
        var patch = "{\"stringData\":{\"password\":\"%s\",\"previous-password\":\"%s\"}}"
                .formatted(NEW_SECRET, value("password"));
        kubernetes.kubectl().get("patch", "secret", "old-secret", "--type=merge", "-p", patch);
    }

    private static HttpResponse<String> ask(Master master, String principal, String secret)
            throws IOException, InterruptedException {
        var pair = Base64.getEncoder().encodeToString((principal + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var question = HttpRequest.newBuilder(master.schedulers().resolve("/state"))
                .header("Authorization", "Basic " + pair)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(question, BodyHandlers.ofString());
        }
    }

    private static String value(String key) {
        var encoded = kubernetes.kubectl().get("get", "secret", "old-secret", "-o", "jsonpath={.data." + key + "}");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static void awaitReason(String reason) {
        await(reason)
                .atMost(Install.PATIENCE)
                .until(() -> kubernetes
                        .kubectl()
                        .run("get", "pfw", "old", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].reason}")
                        .out()
                        .equals(reason));
    }

    private static void apply(String yaml) {
        kubernetes.kubectl().run(List.of("apply", "-f", "-"), yaml).expectSuccess();
    }

    private static final class Counting implements Scheduler {
        private final AtomicInteger subscriptions = new AtomicInteger();

        @Override
        public void onSubscribed(dev.proffer.sdk.Master master, Subscription subscription) {
            subscriptions.incrementAndGet();
        }

        @Override
        public void onOffers(dev.proffer.sdk.Master master, List<Offer> offers) {}

        @Override
        public void onUpdate(dev.proffer.sdk.Master master, TaskStatus status) {}
    }
}
