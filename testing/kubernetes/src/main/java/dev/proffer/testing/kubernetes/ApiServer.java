package dev.proffer.testing.kubernetes;

import dev.proffer.testing.programs.FreePorts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A control plane in processes of its own: etcd, kube-apiserver and the controllers.
 * Its keys and tokens are made when it starts and are gone when it ends.
 */
public final class ApiServer implements RunningCluster {
    /** How the API server's tokens name it, and their audience where nobody asks for another. */
    public static final String ISSUER = "https://kubernetes.default.svc";

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String LOOPBACK = "127.0.0.1";

    private final KubernetesBinaries binaries;
    private final ChildProcesses processes;
    private final ControlPlane plan;
    private final ServiceAccountKey key = ServiceAccountKey.generate();
    private final int etcdPort;
    private final int port;
    private final String adminToken = Identity.newToken();
    private @Nullable Process server;

    private ApiServer(KubernetesBinaries binaries, ChildProcesses processes, ControlPlane plan) {
        this.binaries = binaries;
        this.processes = processes;
        this.plan = plan;
        this.etcdPort = FreePorts.next();
        this.port = FreePorts.next();
    }

    /** Starts one in a temporary folder, and waits until it is ready. */
    static ApiServer start(KubernetesBinaries binaries, ControlPlane plan) {
        try {
            var processes = ChildProcesses.inTemporaryFolder();
            try {
                return start(binaries, processes, plan);
            } catch (IOException | RuntimeException e) {
                processes.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one among those processes, which it closes when it is closed, and waits until it is ready. */
    public static ApiServer start(KubernetesBinaries binaries, ChildProcesses processes, ControlPlane plan)
            throws IOException {
        var api = new ApiServer(binaries, processes, plan);
        api.writeCredentials();
        api.startEtcd();
        api.startServer();
        api.startControllers();
        return api;
    }

    @Override
    public Access access() {
        try {
            // Made by the API server when it first started.
            var certificate = Files.readString(folder().resolve("certificates").resolve("apiserver.crt"));
            return Access.byToken(URI.create("https://" + plan.address() + ":" + port), certificate, adminToken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path kubectl() {
        return binaries.program("kubectl");
    }

    @Override
    public Path folder() {
        return processes.folder();
    }

    /** Signs the claims of a token, a JSON object, as this API server would: for tokens that it would not issue. */
    public String sign(String claims) {
        return key.sign(claims);
    }

    /** Kills the API server: its connections are gone at once. What is stored stays. */
    public void stop() {
        if (server != null) {
            processes.kill(server);
            server = null;
        }
    }

    public boolean isStopped() {
        return server == null;
    }

    /** Starts it again, on the same port and with what it had stored, and waits until it is ready. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("the API server runs");
        }
        try {
            startServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeCredentials() throws IOException {
        key.writePrivate(folder().resolve("service-accounts.key"));
        key.writePublic(folder().resolve("service-accounts.pub"));
        var tokens = new StringBuilder(adminToken + ",admin,admin,system:masters\n");
        plan.identities().forEach(identity -> tokens.append(identity.line()));
        Files.writeString(folder().resolve("tokens.csv"), tokens);
    }

    private void startEtcd() throws IOException {
        var client = "http://" + LOOPBACK + ":" + etcdPort;
        processes.start(
                "etcd",
                List.of(
                        binaries.program("etcd").toString(),
                        "--data-dir=" + folder().resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=http://" + LOOPBACK + ":0",
                        // What is lost with this machine is not missed.
                        "--unsafe-no-fsync",
                        "--log-level=warn"));
    }

    private void startServer() throws IOException {
        var command = new ArrayList<String>(List.of(
                binaries.program("kube-apiserver").toString(),
                "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
                "--bind-address=" + plan.address(),
                "--secure-port=" + port,
                "--cert-dir=" + folder().resolve("certificates"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=" + ISSUER,
                "--service-account-key-file=" + folder().resolve("service-accounts.pub"),
                "--service-account-signing-key-file=" + folder().resolve("service-accounts.key"),
                "--token-auth-file=" + folder().resolve("tokens.csv"),
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--allow-privileged=true",
                "--shutdown-delay-duration=0s",
                "--profiling=false"));
        command.addAll(plan.serverFlags());
        server = processes.start("kube-apiserver", command);
        awaitReady(server);
    }

    private void awaitReady(Process started) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        // Written after the certificate, which is whole then.
        while (!Files.exists(folder().resolve("certificates").resolve("apiserver.key"))) {
            poll(started, deadline);
        }
        var config = access().clientConfig();
        config.setRequestRetryBackoffLimit(0);
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            while (!isReady(client)) {
                poll(started, deadline);
            }
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private void poll(Process started, long deadline) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
            throw new IllegalStateException("kube-apiserver was not ready; the end of its log and of etcd's:\n"
                    + end("kube-apiserver") + end("etcd"));
        }
        LockSupport.parkNanos(POLL.toNanos());
    }

    private String end(String log) {
        try {
            var text = Files.readString(processes.log(log));
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** Nobody waits for them: whoever needs them waits for what they do. */
    private void startControllers() throws IOException {
        var kubeconfig = folder().resolve("controllers.kubeconfig");
        Files.writeString(kubeconfig, access().kubeconfig());
        var command = new ArrayList<String>(List.of(
                binaries.program("kube-controller-manager").toString(),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--root-ca-file=" + folder().resolve("certificates").resolve("apiserver.crt"),
                "--service-account-private-key-file=" + folder().resolve("service-accounts.key"),
                "--profiling=false"));
        command.addAll(plan.controllerFlags());
        processes.start("kube-controller-manager", command);
    }

    @Override
    public void close() {
        processes.close();
    }
}
