package dev.proffer.operator.plan.cluster;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** The probes that every program of ours answers. */
final class Probes {
    private Probes() {}

    /** Two minutes to start, looked at every second: a busy node starts a JVM slowly. */
    static Probe started(String port) {
        return probe(port, "/q/health/started", 1, 120);
    }

    static Probe live(String port) {
        return probe(port, "/q/health/live", 10, 3);
    }

    static Probe ready(String port) {
        return probe(port, "/q/health/ready", 5, 2);
    }

    private static Probe probe(String port, String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(port))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failures)
                .withTimeoutSeconds(5)
                .build();
    }
}
