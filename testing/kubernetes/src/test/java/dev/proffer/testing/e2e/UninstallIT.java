package dev.proffer.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.sdk.TaskSpec;
import dev.proffer.testing.nodes.Node;
import dev.proffer.testing.nodes.NodeCluster;
import dev.proffer.testing.programs.Built;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** It goes without a trace. */
@Tag("nodes")
class UninstallIT {
    @RegisterExtension
    @Order(1)
    static final NodeCluster cluster = NodeCluster.shared();

    @RegisterExtension
    @Order(2)
    static final InstalledProffer proffer = new InstalledProffer(cluster);

    @TempDir
    Path folder;

    @Test
    void nothingIsLeftButSandboxes() throws Exception {
        try (var workload = Workload.start(cluster, proffer, "last", 1, folder)) {
            workload.launchOn(
                    "node-1", TaskSpec.shell("runs", "sleep 1200").cpus(0.1).mem(32));
            workload.awaitRunning(List.of("runs"));

            proffer.kubectl("patch", "pcl", "main", "--type=merge", "--patch={\"spec\":{\"confirmDeletion\":true}}");
            proffer.kubectl("delete", "pcl", "main", "--timeout=180s");
            InstalledProffer.awaiting("nothing left")
                    .untilAsserted(() -> assertThat(proffer.kubectl(
                                    "get",
                                    "pods,daemonsets,services,configmaps,secrets",
                                    "-l",
                                    "proffer.dev/cluster=main",
                                    "-o",
                                    "name"))
                            .isEmpty());
            proffer.admin()
                    .run("delete", "-k", Built.file("kustomize/overlays/dev").toString(), "--timeout=180s")
                    .expectSuccess();

            assertThat(proffer.admin().get("get", "crd,clusterrole,clusterrolebinding", "-o", "name"))
                    .doesNotContain("proffer");
            assertThat(proffer.admin().run("get", "namespace", "proffer").expectFailure())
                    .contains("NotFound");
            InstalledProffer.awaiting("nothing left")
                    .untilAsserted(() -> assertThat(cluster.nodes()).allSatisfy(UninstallIT::assertClean));
        }
    }

    private static void assertClean(Node node) {
        assertThat(node.run("sh", "-c", "ps -e -o args | grep -E 'conmon|proffer' | grep -v grep; true"))
                .isBlank();
        assertThat(node.run("sh", "-c", "find /sys/fs/cgroup -type d -name proffer; true"))
                .isBlank();
        assertThat(node.run("sh", "-c", "grep /var/lib/proffer /proc/mounts; true"))
                .isBlank();
    }
}
