package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the programs of a node are configured by. */
final class NodeFiles {
    /** Where the files are, as the node sees it. */
    static final String FOLDER = "/var/lib/node";

    static final String CONTAINERD_SOCKET = "/run/containerd/containerd.sock";

    private NodeFiles() {}

    /** For a kubelet and a kube-proxy with those identities. {@code clients} is the certificate of who vouches for the API server. */
    static void write(Path folder, Addresses addresses, Access access, Identity kubelet, Identity proxy, Path clients)
            throws IOException {
        Files.copy(clients, folder.resolve("ca.crt"));
        Files.writeString(folder.resolve("kubelet.yaml"), kubelet(addresses));
        Files.writeString(folder.resolve("kube-proxy.yaml"), proxy(addresses));
        Files.writeString(
                folder.resolve("kubelet.kubeconfig"),
                access.withToken(kubelet.token()).kubeconfig());
        Files.writeString(
                folder.resolve("kube-proxy.kubeconfig"),
                access.withToken(proxy.token()).kubeconfig());
    }

    /** For a containerd. */
    static void writeRuntime(Path folder, Addresses addresses, int number, Path plugins) throws IOException {
        Files.writeString(folder.resolve("containerd.toml"), containerd(plugins));
        Files.writeString(
                Files.createDirectories(folder.resolve("cni")).resolve("pods.conflist"), cni(addresses, number));
    }

    private static String containerd(Path plugins) {
        return """
                version = 2
                root = "/var/lib/containerd"
                state = "/run/containerd"
                disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
                    "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.opt"]

                [grpc]
                address = "%1$s"

                [ttrpc]
                address = "%1$s.ttrpc"

                [plugins."io.containerd.grpc.v1.cri"]
                sandbox_image = "%2$s"
                # Machines without CAP_SYS_RESOURCE let no process protect itself better than its parent is.
                restrict_oom_score_adj = true
                tolerate_missing_hugetlb_controller = true
                netns_mounts_under_state_dir = true
                # What would load its profiles is the machine's, and out of a node's sight.
                disable_apparmor = true

                [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "%3$s"
                conf_dir = "%4$s/cni"

                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                runtime_type = "io.containerd.runc.v2"

                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                SystemdCgroup = false
                """.formatted(CONTAINERD_SOCKET, ProbeImage.NAME, plugins, FOLDER);
    }

    /** Each pod has a link and a route of its own: what goes to a Service and back to the same node is seen by its iptables. */
    private static String cni(Addresses addresses, int number) {
        return """
                {
                  "cniVersion": "0.4.0",
                  "name": "pods",
                  "plugins": [
                    {
                      "type": "ptp",
                      "ipam": {
                        "type": "host-local",
                        "dataDir": "/run/cni",
                        "ranges": [[{"subnet": "%s"}]],
                        "routes": [{"dst": "0.0.0.0/0"}]
                      }
                    },
                    {"type": "portmap", "capabilities": {"portMappings": true}}
                  ]
                }
                """.formatted(addresses.podsOf(number));
    }

    private static String kubelet(Addresses addresses) {
        return """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                authentication:
                  anonymous:
                    enabled: false
                  webhook:
                    enabled: true
                  x509:
                    clientCAFile: %1$s/ca.crt
                authorization:
                  mode: Webhook
                cgroupDriver: cgroupfs
                containerRuntimeEndpoint: unix://%2$s
                clusterDNS: [%3$s]
                clusterDomain: cluster.local
                resolvConf: ""
                failCgroupV1: false
                failSwapOn: false
                # Images come from tests alone, and the disk is the machine's.
                imageGCHighThresholdPercent: 100
                evictionHard:
                  memory.available: 50Mi
                  nodefs.available: 1%%
                  nodefs.inodesFree: 1%%
                  imagefs.available: 1%%
                """.formatted(FOLDER, CONTAINERD_SOCKET, addresses.bridge());
    }

    private static String proxy(Addresses addresses) {
        return """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: iptables
                clusterCIDR: %s
                clientConnection:
                  kubeconfig: %s/kube-proxy.kubeconfig
                # The machine's, not the node's.
                conntrack:
                  maxPerCore: 0
                  min: 0
                  tcpEstablishedTimeout: 0s
                  tcpCloseWaitTimeout: 0s
                """.formatted(addresses.pods(), FOLDER);
    }
}
