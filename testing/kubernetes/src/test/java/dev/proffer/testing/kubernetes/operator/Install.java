package dev.proffer.testing.kubernetes.operator;

import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/** The default overlay, and the operator's program as its pod would be: under its own ServiceAccount's token. */
public final class Install {
    public static final String NAMESPACE = "proffer";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKubernetes kubernetes;

    private Install(TestKubernetes kubernetes) {
        this.kubernetes = kubernetes;
    }

    /** {@code kubectl apply -k kustomize/overlays/default}, and waits for the custom resources. */
    public static Install into(TestKubernetes kubernetes) {
        kubernetes
                .kubectl()
                .applyKustomization(Built.file("kustomize/overlays/default"))
                .expectSuccess();
        kubernetes
                .kubectl()
                .get(
                        "wait",
                        "--for=condition=Established",
                        "--timeout=60s",
                        "crd/profferclusters.proffer.dev",
                        "crd/frameworks.proffer.dev",
                        "crd/roles.proffer.dev",
                        "crd/quotas.proffer.dev",
                        "crd/reservations.proffer.dev",
                        "crd/agents.proffer.dev");
        // Its pod stays pending, for there are no nodes; a second operator is not wanted anyway.
        kubernetes.kubectl().get("scale", "deployment", "proffer-operator", "-n", NAMESPACE, "--replicas=0");
        return new Install(kubernetes);
    }

    /** The operator, until it is closed. */
    public Program operator() throws IOException {
        var access = kubernetes.access().withToken(token("proffer-operator")).inNamespace(NAMESPACE);
        var program = Program.java(
                "operator",
                List.of(
                        "-Xmx64m",
                        "-Dkubeconfig=" + kubernetes.kubeconfig(access),
                        "-Dquarkus.http.port=" + freePort(),
                        "-jar",
                        Built.file("operator/target/quarkus-app/quarkus-run.jar")
                                .toString()));
        program.awaitLine(line -> line.contains("started in"));
        return program;
    }

    /** A token of a ServiceAccount of the install's namespace. */
    String token(String account) {
        var kubectl = kubernetes.kubectl();
        return await().atMost(PATIENCE)
                .until(() -> kubectl.run("create", "token", account, "-n", NAMESPACE), result -> result.code() == 0)
                .out()
                .strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
