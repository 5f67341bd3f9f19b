package dev.proffer.agent.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set of an agent: {@code PROFFER_AGENT_MASTER_HOST=…} and the like. */
@ConfigMapping(prefix = "proffer.agent")
interface AgentSettings {
    /** What frameworks are told: the agent must answer there. The name of its node, wherever agents prove who they are. */
    @WithDefault("${NODE_NAME:${HOSTNAME:localhost}}")
    String hostname();

    /** The IP address at which the machine is reached: frameworks are told that their tasks, which share its network, are there. */
    @WithDefault("${HOST_IP:}")
    Optional<String> ip();

    /** The interface of the agent's own port, which asks nobody who he is: tasks share the node's network and need no other. */
    @WithDefault("127.0.0.1")
    String host();

    /** The agent's own port; 0 means any free one. */
    @WithDefault("5051")
    int port();

    /** What it offers, for example {@code cpus:4;mem:8192;disk:65536;ports:[20000-29999]}. */
    String resources();

    /** Ports that tasks must not have though they are among its resources, such as Kubernetes' {@code 30000-32767}. */
    Optional<String> forbiddenPorts();

    /** What frameworks can choose by, for example {@code rack:r1;generation:3}. */
    @WithDefault("")
    Optional<String> attributes();

    /** The pool of the ProfferCluster that it is one of: masters give it what the labels of its node say. None, if empty. */
    @WithDefault("")
    Optional<String> pool();

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

    /** A file with the pod's token for the master, read again when it changes; none where the master asks for none. */
    Optional<Path> token();

    /** What runs tasks: {@code posix} as plain processes, {@code linux} in containers, which needs root. */
    @WithDefault("posix")
    LauncherKind launcher();

    Linux linux();

    /** What runs tasks. */
    enum LauncherKind {
        POSIX,
        LINUX
    }

    /** How tasks run in containers. */
    interface Linux {
        /** The OCI runtime: runc, or what takes its arguments. */
        @WithDefault("/usr/sbin/runc")
        Path runtime();

        /** conmon, which outlives the agent and keeps each task's output and exit status. */
        @WithDefault("/usr/bin/conmon")
        Path monitor();

        /** A static program that is process 1 of each task: tini, catatonit. */
        @WithDefault("/usr/bin/tini-static")
        Path init();

        /** In a pod: a root file system with these programs. It is copied to the state folder, where they outlive the pod. */
        Optional<Path> toolbox();

        /** The root file system of tasks without an image, read-only; none means the toolbox, or else the machine's. */
        Optional<Path> taskRoot();

        /** The cgroup below which tasks are; none means that of the holder, or else the topmost. */
        Optional<String> cgroupParent();

        /** Whether a pod holds a share of a Kubernetes node for this agent: tasks run in its cgroup, and only while it is there. */
        @WithDefault("false")
        boolean inHolder();

        /** Whether a task never gets more CPU time than its cpus, though CPUs idle. */
        @WithDefault("false")
        boolean cpuQuota();

        /** Processes and threads that a task may have. */
        @WithDefault("4096")
        long pids();

        /** Whom a task runs as whose command names nobody; none means its framework's user. */
        Optional<String> taskUser();
    }

    Master master();

    /** Where the leading master listens for agents. Resolved anew for each connection. */
    interface Master {
        /** A host name, such as a Service's. */
        @WithDefault("proffer-master")
        String host();

        /** The port for agents. */
        @WithDefault("5052")
        int port();

        /** A PEM file of whom to trust to name masters, read for each connection; none for those that the JVM trusts. */
        Optional<Path> certificateAuthority();

        /** Plain text instead of TLS: whoever can listen in on the network reads tokens, and may play the master. */
        @WithDefault("false")
        boolean plain();
    }
}
