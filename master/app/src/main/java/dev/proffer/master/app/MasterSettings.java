package dev.proffer.master.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be set of a master: {@code PROFFER_MASTER_ADVERTISED_HOST=…} and the like. */
@ConfigMapping(prefix = "proffer.master")
interface MasterSettings {
    /** Tells masters apart: the pod's name. */
    @WithDefault("${HOSTNAME:master}")
    String name();

    /** The ProfferCluster's name, also shown to users. */
    Optional<String> cluster();

    /**
     * Who may do what: {@code objects}, as the ProfferCluster and the Roles, Quotas, Reservations and Frameworks say it; or
     * {@code open}, everybody may do everything.
     */
    @WithDefault("objects")
    PolicyFrom policy();

    /** The namespace of the Lease. */
    @WithDefault("${POD_NAMESPACE:proffer}")
    String namespace();

    /** The Lease that masters elect their leader by. */
    @WithDefault("proffer-master")
    String lease();

    /** The IP address at which Services reach this very master. */
    @WithDefault("${POD_IP:127.0.0.1}")
    String address();

    /** The region in which the masters stand: agents of others go to frameworks that are aware of regions. Needs a zone as well. */
    Optional<String> region();

    /** The zone in which the masters stand. Needs a region as well. */
    Optional<String> zone();

    /** Where clients connect, by the listener's name; the one whose name comes first is the master's own address. */
    Map<String, Listener> listeners();

    Identity identity();

    Agents agents();

    /** Where policy comes from. */
    enum PolicyFrom {
        OBJECTS,
        OPEN
    }

    /** How a client proves who it is. */
    enum Authentication {
        /** A service account's token, or another that the API server knows. */
        TOKENS,
        /** A name and a secret. */
        BASIC,
        /** Not at all. */
        ANONYMOUS
    }

    /** One port for HTTP clients. */
    interface Listener {
        /** The interface that is listened on. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 means any free port. */
        @WithDefault("5050")
        int port();

        /** The host at which this port's clients reach this master while it leads: standbys send them there. */
        @WithDefault("${POD_IP:127.0.0.1}")
        String advertisedHost();

        /** The port that goes with it, if it is not the one listened on. */
        OptionalInt advertisedPort();

        /** A Service without a selector that is to lead to this port of whoever leads. */
        Optional<String> service();

        /** The port's certificate and those that lead to its authority: a PEM file, read again when it changes. */
        Optional<Path> certificate();

        /** The certificate's private key: an unencrypted PEM file, read again when it changes. */
        Optional<Path> key();

        /** Plain text instead of TLS: whoever can listen in on the network reads credentials. */
        @WithDefault("false")
        boolean plain();

        /** How clients prove who they are: {@code tokens}, {@code basic} or, not at all, {@code anonymous}; or several. */
        @WithDefault("tokens")
        List<Authentication> authentication();
    }

    /** Who is believed. */
    interface Identity {
        /** The audience that clients' tokens must have been issued for. */
        @WithDefault("proffer.dev/${POD_NAMESPACE:proffer}")
        String audience();

        /** A folder of files with a basic credential, as docs/security.md writes it, in each line; read again when it changes. */
        Optional<Path> basicCredentials();
    }

    /** Where agents connect. */
    interface Agents {
        /** The interface that is listened on. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 means any free port. */
        @WithDefault("5052")
        int port();

        /** A Service without a selector that is to lead to this port of whoever leads. */
        Optional<String> service();

        /** The port's certificate and those that lead to its authority: a PEM file, read again when it changes. */
        Optional<Path> certificate();

        /** The certificate's private key: an unencrypted PEM file, read again when it changes. */
        Optional<Path> key();

        /** Plain text instead of TLS: whoever can listen in on the network reads tokens. */
        @WithDefault("false")
        boolean plain();

        /** How agents prove who they are: {@code tokens}, of their pods, or not at all, {@code anonymous}. */
        @WithDefault("tokens")
        Authentication authentication();

        /** The service account of the agents' pods, in the master's namespace. */
        @WithDefault("proffer-agent")
        String serviceAccount();
    }
}
