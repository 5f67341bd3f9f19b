package dev.proffer.testing.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What scenarios on nodes build upon. */
@Tag("nodes")
class NodesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WEB = "web";

    /** A server on the second node, in zone b, and a client on the first. */
    private static final String SERVER_AND_CLIENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata:
                  labels: {app: web}
                spec:
                  nodeSelector: {topology.kubernetes.io/zone: zone-b}
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: web
                      image: %1$s
                      args: [serve, ":8080"]
                      readinessProbe: {httpGet: {port: 8080}, periodSeconds: 1}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: web
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: client
            spec:
              nodeSelector: {kubernetes.io/hostname: node-1}
              terminationGracePeriodSeconds: 0
              containers:
                - name: client
                  image: %1$s
            """.formatted(ProbeImage.NAME);

    @RegisterExtension
    static final NodeCluster cluster = NodeCluster.shared();

    @Test
    void aServiceIsReachedByItsNameFromAnotherNode() {
        startServerAndClient();
        assertThat(server().getSpec().getNodeName()).isEqualTo(cluster.node(2).name());
        awaitAnswer("http://web/");
        awaitAnswer("http://web." + cluster.namespace() + ".svc.cluster.local/");
    }

    @Test
    void thisMachineReachesPodsAndTheirLogs() {
        startServerAndClient();
        assertThat(Command.of("curl", "-sS", "http://" + server().getStatus().getPodIP() + ":8080/seen")
                        .run())
                .contains(server().getMetadata().getName());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cluster.kubectl().get("logs", "deployment/web"))
                        .contains("GET /seen"));
    }

    @Test
    void aNodeThatIsCutOffIsNotReadyUntilItIsBack() {
        var node = cluster.node(3);
        node.partition();
        await().atMost(PATIENCE).until(() -> !isReady(node));
        node.heal();
        await().atMost(PATIENCE).until(() -> isReady(node));
    }

    @Test
    void containersOutliveTheKubeletAndTheRuntime() {
        startServerAndClient();
        var node = cluster.node(2);
        var started = containerId();
        node.killKubelet();
        await().atMost(PATIENCE).until(() -> !isReady(node));
        node.restartContainerd();
        node.startKubelet();
        await().atMost(PATIENCE).until(() -> isReady(node));
        // While its node was not ready, the server was none of its Service.
        awaitAnswer("http://web/");
        assertThat(containerId()).isEqualTo(started);
    }

    @Test
    void theApiServerComesBackWithWhatItKnew() {
        startServerAndClient();
        cluster.apiServer().stop();
        assertThat(cluster.kubectl().run("get", "nodes").expectFailure()).isNotEmpty();
        cluster.apiServer().start();
        awaitAnswer("http://web/");
    }

    @Test
    void aNodeHasProcessesAndCgroupsOfItsOwn() {
        startServerAndClient();
        assertThat(cluster.node(2).run("ps", "-C", "probe", "-o", "args=")).contains("/probe serve");
        assertThat(cluster.node(1).run("ps", "-C", "probe", "-o", "args=")).doesNotContain("/probe serve");
        assertThat(cluster.node(1).run("cat", "/proc/self/cgroup")).doesNotContain("proffer");
        assertThat(cluster.node(2).run("sh", "-c", "find /sys/fs/cgroup -type d -name 'pod*'"))
                .contains("/kubepods/")
                .contains("pod" + server().getMetadata().getUid());
    }

    @Test
    void whatIsKnownOfAFailureIsWrittenDown(@TempDir Path folder) {
        startServerAndClient();
        cluster.collect(folder);
        assertThat(folder.resolve("programs/kube-apiserver.log")).isNotEmptyFile();
        assertThat(folder.resolve("programs/node-2/kubelet.log")).isNotEmptyFile();
        assertThat(folder.resolve("objects.yaml")).content().contains("name: web");
        assertThat(folder.resolve("events.txt")).content().contains("Started");
        assertThat(folder.resolve("pods")
                        .resolve(cluster.namespace() + "."
                                + server().getMetadata().getName() + ".log"))
                .content()
                .contains("serving on :8080");
    }

    private static void startServerAndClient() {
        var kubectl = cluster.kubectl();
        kubectl.apply(SERVER_AND_CLIENT).expectSuccess();
        kubectl.get("rollout", "status", "deployment/web", "--timeout=100s");
        kubectl.get("wait", "--for=condition=Ready", "pod/client", "--timeout=100s");
    }

    private static Pod server() {
        return cluster.admin().pods().withLabel("app", WEB).list().getItems().getFirst();
    }

    private static String containerId() {
        return server().getStatus().getContainerStatuses().getFirst().getContainerID();
    }

    /** The client's node may hear of a change to the Service a little later than its Deployment is done. */
    private static void awaitAnswer(String url) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cluster.kubectl()
                                .get("exec", "client", "--", "/probe", "get", url)
                                .strip())
                        .isEqualTo(server().getMetadata().getName()));
    }

    private static boolean isReady(Node node) {
        return cluster.admin().nodes().withName(node.name()).isReady();
    }
}
