package dev.proffer.master.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be set of a master: {@code PROFFER_MASTER_ADVERTISED_HOST=…} and the like. */
@ConfigMapping(prefix = "proffer.master")
interface MasterSettings {
    /** Tells masters apart: the pod's name. */
    @WithDefault("${HOSTNAME:master}")
    String name();

    /** The cluster's name, shown to users. */
    Optional<String> cluster();

    /** The host at which schedulers reach this very master: standbys send them there while it leads. */
    @WithDefault("${POD_IP:127.0.0.1}")
    String advertisedHost();

    /** The port that goes with it, if it is not the one listened on. */
    OptionalInt advertisedPort();

    /** The namespace of the Lease. */
    @WithDefault("${POD_NAMESPACE:proffer}")
    String namespace();

    /** The Lease that masters elect their leader by. */
    @WithDefault("proffer-master")
    String lease();

    Schedulers schedulers();

    Agents agents();

    /** Where schedulers connect. */
    interface Schedulers {
        /** The interface that is listened on. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 means any free port. */
        @WithDefault("5050")
        int port();

        /** Whether schedulers need not say who they are. */
        @WithDefault("false")
        boolean anonymous();
    }

    /** Where agents connect. */
    interface Agents {
        /** The interface that is listened on. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 means any free port. */
        @WithDefault("5052")
        int port();
    }
}
