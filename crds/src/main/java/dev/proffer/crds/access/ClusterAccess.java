package dev.proffer.crds.access;

import dev.proffer.crds.cluster.ProfferCluster;

/** Names by which clients get at a cluster's masters. */
public final class ClusterAccess {
    /** The ConfigMap with the authorities of the masters' certificates. */
    public static final String TRUST = "proffer-trust";

    /** In a ConfigMap of trust: PEM certificates. */
    public static final String TRUST_KEY = "ca.crt";

    /** The ServiceAccount, in the cluster's namespace, as which people look into the leading master. */
    public static final String VIEWER = "proffer-viewer";

    /** Of groups that masters alone give. Whoever else names one does not give it. */
    public static final String GROUP_PREFIX = "proffer:";

    private ClusterAccess() {}

    /** For whom tokens are to be issued: {@code proffer.dev/<namespace>/<name>}, if the cluster's spec says nothing else. */
    public static String audience(ProfferCluster cluster) {
        var chosen = cluster.getSpec().security().tokenAudience();
        return chosen != null
                ? chosen
                : "proffer.dev/" + cluster.getMetadata().getNamespace() + "/"
                        + cluster.getMetadata().getName();
    }

    /** The group that the basic credentials of a Framework prove. */
    public static String frameworkGroup(String namespace, String name) {
        return GROUP_PREFIX + "framework:" + namespace + "/" + name;
    }
}
