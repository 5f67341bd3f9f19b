package dev.proffer.agent.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set of an agent: {@code PROFFER_AGENT_MASTER_HOST=…} and the like. */
@ConfigMapping(prefix = "proffer.agent")
interface AgentSettings {
    /** What frameworks are told. The agent must answer there. */
    @WithDefault("${NODE_NAME:${HOSTNAME:localhost}}")
    String hostname();

    /** The interface of the agent's own port. */
    @WithDefault("0.0.0.0")
    String host();

    /** The agent's own port; 0 means any free one. */
    @WithDefault("5051")
    int port();

    /** What it offers, for example {@code cpus:4;mem:8192;disk:65536;ports:[20000-29999]}. */
    String resources();

    /** What frameworks can choose by, for example {@code rack:r1;generation:3}. */
    @WithDefault("")
    Optional<String> attributes();

    /** Where it stands; needs a zone as well. */
    Optional<String> region();

    /** Where it stands; needs a region as well. */
    Optional<String> zone();

    /** Journal, supervisors and sandboxes. Kept across restarts: running tasks are adopted from it. */
    @WithDefault("/var/lib/proffer")
    Path stateFolder();

    /** Between SIGTERM and SIGKILL, where a task does not say otherwise. */
    @WithDefault("3s")
    Duration killGrace();

    Master master();

    /** Where the leading master listens for agents. Resolved anew for each connection. */
    interface Master {
        /** A host name, such as a Service's. */
        @WithDefault("proffer-master")
        String host();

        /** The port for agents. */
        @WithDefault("5052")
        int port();
    }
}
