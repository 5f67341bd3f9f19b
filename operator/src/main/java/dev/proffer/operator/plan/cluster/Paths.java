package dev.proffer.operator.plan.cluster;

/** Where things are in the pods. */
final class Paths {
    static final String CONFIGURATION = "/etc/proffer/config";
    static final String CERTIFICATE = "/etc/proffer/tls";
    static final String TRUST = "/etc/proffer/trust";
    static final String CREDENTIALS = "/etc/proffer/credentials";
    static final String TOKEN = "/var/run/secrets/proffer.dev";

    /** Where every client of Kubernetes looks. */
    static final String API_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount";

    static final String CGROUPS = "/sys/fs/cgroup";

    private Paths() {}
}
