package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.ChildProcesses;
import dev.proffer.testing.kubernetes.Identity;
import dev.proffer.testing.kubernetes.Kubectl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A CoreDNS on the bridge, by which pods find Services. */
record ClusterDns(ChildProcesses processes, Programs programs, Network network) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PORT = 53;
    private static final String LOG = "coredns";

    private static final String RIGHTS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: proffer:dns
            rules:
              - apiGroups: [""]
                resources: [services, pods, namespaces]
                verbs: [list, watch]
              - apiGroups: [discovery.k8s.io]
                resources: [endpointslices]
                verbs: [list, watch]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata:
              name: proffer:dns
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: proffer:dns
            subjects:
              - apiGroup: rbac.authorization.k8s.io
                kind: Group
                name: proffer:dns
            """;

    /** As that identity, to which it gives the rights that it needs. */
    void start(Access access, Identity identity, Kubectl admin) throws IOException {
        admin.apply(RIGHTS).expectSuccess();
        var kubeconfig = processes.folder().resolve("coredns.kubeconfig");
        Files.writeString(kubeconfig, access.withToken(identity.token()).kubeconfig());
        var corefile = processes.folder().resolve("Corefile");
        Files.writeString(corefile, """
                .:%3$d {
                    bind %1$s
                    errors
                    kubernetes cluster.local in-addr.arpa {
                        kubeconfig %2$s
                        ttl 1
                    }
                    cache 1
                }
                """.formatted(network.addresses().bridge(), kubeconfig, PORT));
        var command = new ArrayList<>(network.entering());
        command.addAll(List.of(programs.path(Programs.COREDNS), "-conf", corefile.toString()));
        processes.start(LOG, command);
        Await.until(this::listens, PATIENCE, () -> "no DNS server: " + Await.end(processes.log(LOG)));
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(network.addresses().bridge(), PORT), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
