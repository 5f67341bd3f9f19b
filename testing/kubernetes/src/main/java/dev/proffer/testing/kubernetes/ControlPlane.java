package dev.proffer.testing.kubernetes;

import java.util.ArrayList;
import java.util.List;

/**
 * How a control plane differs from others.
 *
 * @param address the one that the API server listens on
 * @param serverFlags for kube-apiserver
 * @param controllerFlags for kube-controller-manager
 * @param identities whom the API server knows besides the administrator
 */
public record ControlPlane(
        String address, List<String> serverFlags, List<String> controllerFlags, List<Identity> identities) {
    private static final List<String> CONTROLLERS_WITHOUT_NODES = List.of(
            "namespace-controller",
            "garbage-collector-controller",
            "serviceaccount-controller",
            "root-ca-certificate-publisher-controller",
            "clusterrole-aggregation-controller",
            "deployment-controller",
            "replicaset-controller",
            "daemonset-controller");

    /** On the loopback interface, with those controllers that need no node. */
    static ControlPlane withoutNodes(List<String> moreServerFlags) {
        var serverFlags = new ArrayList<>(moreServerFlags);
        // No node ever asks the Service of this API server where it is.
        serverFlags.add("--endpoint-reconciler-type=none");
        return new ControlPlane(
                "127.0.0.1",
                List.copyOf(serverFlags),
                List.of("--controllers=" + String.join(",", CONTROLLERS_WITHOUT_NODES)),
                List.of());
    }
}
