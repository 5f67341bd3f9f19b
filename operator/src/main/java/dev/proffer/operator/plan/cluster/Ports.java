package dev.proffer.operator.plan.cluster;

/** Ports that no listener may have. */
final class Ports {
    static final int AGENT_LINK = 5052;

    /** Probes and metrics of every program. */
    static final int HEALTH = 8080;

    /** An agent's own port, on its node. */
    static final int AGENT = 5051;

    /** Probes and metrics of an agent, on its node: 8080 is often taken there. */
    static final int AGENT_HEALTH = 9051;

    static final String HEALTH_NAME = "health";

    private Ports() {}
}
