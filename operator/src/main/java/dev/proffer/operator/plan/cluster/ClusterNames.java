package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Names of a ProfferCluster's objects. They are fixed, since a namespace holds one: rights can be granted by name. */
public final class ClusterNames {
    public static final String MASTER = "proffer-master";
    public static final String AGENT = "proffer-agent";
    public static final String HOLDER = "proffer-holder";

    /** The Service at which agents find the leader. */
    public static final String AGENT_LINK = "proffer-agent-link";

    public static final String METRICS = "proffer-metrics";
    public static final String DASHBOARD = "proffer-dashboard";

    /** The authority's certificate and key. Nothing mounts it. */
    public static final String AUTHORITY = "proffer-ca";

    /** The certificates of authorities alone: what clients of the master trust. */
    public static final String TRUST = ClusterAccess.TRUST;

    public static final String CERTIFICATE = "proffer-master-tls";

    /** Hashes of frameworks' basic credentials. */
    public static final String CREDENTIALS = "proffer-credentials";

    public static final String LEASE = MASTER;

    static final String MASTER_COMPONENT = "master";
    static final String AGENT_COMPONENT = "agent";
    static final String HOLDER_COMPONENT = "holder";

    private ClusterNames() {}

    /** The EndpointSlice of a Service for masters whose pods have IPv6 addresses. No listener's name has a dot. */
    static String ofIpv6Slice(String service) {
        return service + ".ipv6";
    }

    /** The Service of a listener, and its EndpointSlice for IPv4. */
    public static String ofListener(String listener) {
        return MASTER + "-" + listener;
    }

    public static String ofAgents(String pool) {
        return AGENT + "-" + pool;
    }

    public static String ofHolders(String pool) {
        return HOLDER + "-" + pool;
    }

    static ObjectMeta meta(ProfferCluster cluster, String name, String component) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(Labels.ofCluster(cluster.getMetadata().getName(), component))
                .build();
    }
}
