package dev.proffer.testing.kubernetes.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody deletes the CustomResourceDefinition under a running cluster. */
class DefinitionDeletionIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    private static final String RUNNING = "deployments,daemonsets,secrets,services,configmaps";

    @Test
    void deletingTheDefinitionEndsNothingUntilItIsConfirmed() throws Exception {
        var install = Install.into(kubernetes);
        var kubectl = kubernetes.kubectl();
        try (var _ = install.operator()) {
            kubectl.apply(Built.file("manifests/examples/cluster.yaml")).expectSuccess();
            await().atMost(Install.PATIENCE).until(() -> running().contains("daemonset.apps/proffer-agent-general"));
            var before = running();

            kubectl.get("delete", "crd", "profferclusters.proffer.dev", "--wait=false");
            await().atMost(Install.PATIENCE)
                    .until(() -> kubectl.run(
                                    "get", "pcl", "main", "-n", "proffer", "-o", "jsonpath={.status.conditions}")
                            .out()
                            .contains("DefinitionDeleted"));
            assertThat(running()).isEqualTo(before);

            kubectl.get(
                    "patch",
                    "pcl",
                    "main",
                    "-n",
                    "proffer",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"confirmDeletion\":true}}");
            kubectl.get("wait", "--for=delete", "crd/profferclusters.proffer.dev", "--timeout=60s");
            assertThat(running()).isEmpty();
        }
    }

    private static String running() {
        return kubernetes
                .kubectl()
                .get("get", RUNNING, "-n", "proffer", "-o", "name", "-l", "proffer.dev/cluster=main");
    }
}
