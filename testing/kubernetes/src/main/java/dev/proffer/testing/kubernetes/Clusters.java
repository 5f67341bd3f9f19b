package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the Kubernetes of the tests comes from. */
record Clusters(Map<String, String> environment) {
    static final String GIVEN = "PROFFER_TEST_KUBECONFIG";
    private static final String REMEDY =
            "no Kubernetes for this test: run `make kubernetes`, or name a folder with etcd, kube-apiserver,"
                    + " kube-controller-manager and kubectl in " + KubernetesBinaries.ASSETS
                    + ", or a cluster's kubeconfig in " + GIVEN + ", or start Docker";

    static Clusters ofThisMachine() {
        return new Clusters(System.getenv());
    }

    /** The first there is of: a given cluster, programs that can be started, a container engine. */
    RunningCluster open() {
        var kubeconfig = environment.get(GIVEN);
        if (kubeconfig != null && !kubeconfig.isBlank()) {
            return GivenCluster.of(read(Path.of(kubeconfig)), kubectl());
        }
        var binaries = KubernetesBinaries.find(environment, KubernetesBinaries.FOR_THE_API);
        if (binaries.isPresent()) {
            return ApiServer.start(binaries.get(), ControlPlane.withoutNodes(List.of()));
        }
        if (K3sCluster.isPossible()) {
            return K3sCluster.start(kubectl());
        }
        throw new IllegalStateException(REMEDY);
    }

    /** A server of one's own, to stop and start. Empty where another cluster is given, and no programs are there. */
    Optional<ApiServer> openServer(List<String> flags) {
        var binaries = KubernetesBinaries.find(environment, KubernetesBinaries.FOR_THE_API);
        if (binaries.isEmpty() && !environment.containsKey(GIVEN)) {
            throw new IllegalStateException(REMEDY);
        }
        return binaries.map(found -> ApiServer.start(found, ControlPlane.withoutNodes(flags)));
    }

    private Path kubectl() {
        return KubernetesBinaries.program("kubectl", environment)
                .orElseThrow(() -> new IllegalStateException("no kubectl: run `make kubernetes`, or install one"));
    }

    private static String read(Path kubeconfig) {
        try {
            return Files.readString(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(GIVEN + " names a file that cannot be read: " + kubeconfig, e);
        }
    }
}
