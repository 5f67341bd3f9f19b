package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import java.util.SortedSet;
import java.util.TreeSet;

/** The host names under which clients reach masters: what their certificate is for. */
public final class CertificateHosts {
    private CertificateHosts() {}

    public static SortedSet<String> of(ProfferCluster cluster) {
        var hosts = new TreeSet<String>();
        hosts.add("localhost");
        var namespace = cluster.getMetadata().getNamespace();
        addService(hosts, ClusterNames.AGENT_LINK, namespace);
        for (var listener : cluster.getSpec().listeners()) {
            addService(hosts, ClusterNames.ofListener(listener.name()), namespace);
            hosts.add(Advertised.of(cluster, listener).host());
            var ingress = listener.ingress();
            if (ingress != null) {
                hosts.add(ingress.host());
            }
        }
        return hosts;
    }

    private static void addService(SortedSet<String> hosts, String service, String namespace) {
        hosts.add(service);
        hosts.add(service + "." + namespace);
        hosts.add(service + "." + namespace + ".svc");
        hosts.add(service + "." + namespace + ".svc.cluster.local");
    }
}
