package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.KubernetesBinaries;
import java.nio.file.Path;

/** What a cluster with nodes runs: Kubernetes' programs, and the folder of the network plugins. */
record Programs(KubernetesBinaries kubernetes, Path cni) {
    static final String COREDNS = KubernetesBinaries.named("coredns", "coredns/go.mod");
    static final String PROBE = KubernetesBinaries.named("probe", "probe/main.go");

    /** Fails with what this machine lacks. */
    static Programs ofThisMachine() {
        var prerequisites = new Prerequisites(System.getenv());
        prerequisites.complaint().ifPresent(complaint -> {
            throw new IllegalStateException(complaint);
        });
        return new Programs(
                prerequisites.binaries().orElseThrow(), prerequisites.cni().orElseThrow());
    }

    String path(String name) {
        return kubernetes.program(name).toString();
    }
}
