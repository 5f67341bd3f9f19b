package dev.proffer.local;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What can be set of a cluster in one process: {@code -Dproffer.local.port=5050} and the like. */
@ConfigMapping(prefix = "proffer.local")
interface LocalSettings {
    /** Where the scheduler API listens; 0 means any free port. */
    @WithDefault("0")
    int port();

    /** Where everything is kept: the objects of the Kubernetes API, the agents' journals and sandboxes. */
    Path dir();

    /** How many agents there are. */
    @WithDefault("3")
    int agents();

    /** What each agent offers. */
    @WithDefault("cpus:4;mem:4096;disk:16384")
    String resources();

    /** A kubeconfig file: use that cluster's API, instead of an embedded one. */
    Optional<Path> kubeconfig();

    /** The namespace of the Lease. With a kubeconfig it must exist. */
    @WithDefault("proffer")
    String namespace();
}
