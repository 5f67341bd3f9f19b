package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.Listener;
import dev.proffer.crds.cluster.ProfferCluster;

/** Where clients find the leader through a listener. */
public record Advertised(String host, int port) {
    /** What the listener says, or its Service. */
    public static Advertised of(ProfferCluster cluster, Listener listener) {
        var given = listener.advertisedAddress();
        if (given != null) {
            int colon = given.lastIndexOf(':');
            return new Advertised(given.substring(0, colon), Integer.parseInt(given.substring(colon + 1)));
        }
        return new Advertised(
                ClusterNames.ofListener(listener.name()) + "."
                        + cluster.getMetadata().getNamespace() + ".svc",
                listener.port());
    }
}
