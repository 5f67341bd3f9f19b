package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Kubectl;
import dev.proffer.testing.nodes.NodeCluster;
import dev.proffer.testing.programs.Built;
import dev.proffer.testing.programs.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Proffer on the nodes' cluster, from the images that {@code make images} built: the overlay {@code dev} and a ProfferCluster
 * {@code main}. What is there already is used.
 */
final class InstalledProffer implements BeforeAllCallback {
    static final String NAMESPACE = "proffer";
    static final String AGENTS = "daemonset/proffer-agent-general";
    static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final int AGENT_COUNT = 3;
    private static final int NODE_PORT = 30050;

    private final NodeCluster cluster;

    InstalledProffer(NodeCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(InstalledProffer.class))
                .computeIfAbsent("images", key -> importImages());
        try {
            apply();
        } catch (AssertionError | RuntimeException e) {
            cluster.collect(
                    Path.of("target", "e2e", context.getRequiredTestClass().getSimpleName()));
            throw e;
        }
    }

    private List<Path> importImages() {
        try (var files = Files.list(Built.file("target/images"))) {
            var archives = files.filter(file -> file.toString().endsWith(".tar"))
                    .sorted()
                    .toList();
            cluster.importImages(archives.toArray(Path[]::new));
            return archives;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply() {
        admin().applyKustomization(Built.file("kustomize/overlays/dev")).expectSuccess();
        admin().get("wait", "--for=condition=Established", "--timeout=60s", "crd/profferclusters.proffer.dev");
        admin().apply(clusterYaml()).expectSuccess();
        awaitReady();
    }

    /** A master leads, and every node's agent is registered. */
    void awaitReady() {
        awaiting("agents").untilAsserted(() -> {
            assertThat(get("pcl/main", "{.status.conditions[?(@.type=='Ready')].status}"))
                    .isEqualTo("True");
            assertThat(get(AGENTS, "{.status.numberReady}")).isEqualTo(Integer.toString(AGENT_COUNT));
            assertThat(get("pcl/main", "{.status.agentsReady}")).isEqualTo(Integer.toString(AGENT_COUNT));
        });
    }

    /** With a kubectl for each look, looks are few. */
    static ConditionFactory awaiting(String what) {
        return await(what).atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).ignoreExceptions();
    }

    private String clusterYaml() {
        try (var resource = InstalledProffer.class.getResourceAsStream("/e2e/cluster.yaml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .formatted(cluster.node(1).address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this machine reaches the leader. */
    String master() {
        return "https://" + cluster.node(1).address() + ":" + NODE_PORT;
    }

    Kubectl admin() {
        return cluster.kubectl();
    }

    String get(String object, String path) {
        return kubectl("get", object, "-o", "jsonpath=" + path);
    }

    /** {@code kubectl} in Proffer's namespace. */
    String kubectl(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--namespace=" + NAMESPACE);
        return admin().run(all.toArray(String[]::new)).expectSuccess().strip();
    }

    /** {@code kubectl proffer}, as the administrator. */
    String cli(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "-jar",
                Built.file("cli/target/proffer-cli-0.1.0-SNAPSHOT-all.jar").toString()));
        command.addAll(List.of(arguments));
        command.add("--kubeconfig=" + cluster.kubernetes().kubeconfig(cluster.access()));
        command.add("--namespace=" + NAMESPACE);
        try (var program = Program.java("kubectl-proffer", command)) {
            program.awaitExit(0);
            return program.output();
        }
    }

    /** The pod of the leading master. */
    String leader() {
        var holder = get("pcl/main", "{.status.leader}");
        return holder.substring(0, holder.lastIndexOf('_'));
    }
}
