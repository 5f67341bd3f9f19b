package dev.proffer.testing.kubernetes.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.kubernetes.crds.InstalledCrds;
import dev.proffer.testing.programs.Hello;
import dev.proffer.testing.programs.LocalCluster;
import dev.proffer.testing.programs.Program;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer.local.kubeconfig}: everything but the API server in one process. */
class GivenKubeconfigIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    @TempDir
    Path folder;

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @Test
    void helloRunsItsTasksOnAClusterWhoseLeaseIsReal() throws Exception {
        try (var cluster = start("cluster");
                var hello = Hello.start(cluster.master())) {
            hello.awaitExit(0);
            assertThat(hello.lines())
                    .filteredOn(line -> line.contains("TASK_FINISHED"))
                    .hasSize(5);
            var lease = lease();
            assertThat(lease.getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "1");
            assertThat(lease.getMetadata().getAnnotations().get("proffer.dev/address"))
                    .isEqualTo(cluster.master().getAuthority());
            cluster.program().terminate();
            assertThat(lease().getSpec().getHolderIdentity()).as("released").isNullOrEmpty();
        }
    }

    @Test
    void theNextStartTakesAHigherTerm() throws Exception {
        try (var first = start("first")) {
            first.program().terminate();
        }
        try (var second = start("second")) {
            assertThat(lease().getMetadata().getAnnotations()).containsEntry("proffer.dev/term", "2");
            assertThat(second.program().isAlive()).isTrue();
        }
    }

    @Test
    void aMissingNamespaceIsNamed() throws Exception {
        refused(
                kubernetes.kubeconfig(kubernetes.access()),
                "nobody-made-this",
                "has no namespace nobody-made-this; make it: kubectl create namespace nobody-made-this");
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNamed() throws Exception {
        var proxy = kubernetes.proxy();
        proxy.cut();
        refused(
                kubernetes.kubeconfig(kubernetes.access().through(proxy)),
                kubernetes.namespace(),
                "https://127.0.0.1:" + proxy.port() + "/ does not answer");
    }

    private void refused(Path kubeconfig, String namespace, String complaint) throws Exception {
        var arguments = LocalCluster.arguments(folder, 0, settings(kubeconfig, namespace));
        try (var program = Program.java("local", arguments)) {
            program.awaitExit(1);
            assertThat(program.output()).contains(complaint);
        }
    }

    private LocalCluster start(String name) throws Exception {
        return LocalCluster.start(
                folder.resolve(name), 0, settings(kubernetes.kubeconfig(kubernetes.access()), kubernetes.namespace()));
    }

    private static String[] settings(Path kubeconfig, String namespace) {
        return List.of(
                        "proffer.local.kubeconfig=" + kubeconfig,
                        "proffer.local.namespace=" + namespace,
                        "proffer.local.agents=1")
                .toArray(String[]::new);
    }

    private static Lease lease() {
        return kubernetes.admin().leases().withName("proffer-master").get();
    }
}
