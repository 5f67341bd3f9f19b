package dev.proffer.testing.nodes;

import dev.proffer.testing.kubernetes.KubernetesBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a machine needs to carry nodes. */
record Prerequisites(Map<String, String> environment) {
    private static final List<String> PROGRAMS = List.of(
            "etcd",
            "kube-apiserver",
            "kube-controller-manager",
            "kubectl",
            "kube-scheduler",
            "kube-proxy",
            "kubelet",
            Programs.COREDNS,
            Programs.PROBE);

    /** With the Debian packages that bring them. */
    private static final List<Tool> TOOLS = List.of(
            new Tool("containerd", "containerd"),
            new Tool("ctr", "containerd"),
            new Tool("runc", "runc"),
            new Tool("conntrack", "conntrack"),
            new Tool("iptables", "iptables"),
            new Tool("ip", "iproute2"),
            new Tool("nsenter", "util-linux"),
            new Tool("unshare", "util-linux"),
            new Tool("setpriv", "util-linux"),
            new Tool("mount", "mount"),
            new Tool("tar", "tar"));

    private static final List<Path> SYSTEM_FOLDERS = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));
    private static final List<Path> CNI_FOLDERS =
            List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"), Path.of("/usr/libexec/cni"));

    private record Tool(String name, String debianPackage) {}

    /** One sentence about what is missing and what helps; nothing if all is there. */
    Optional<String> complaint() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("a cluster with nodes needs root: its nodes are namespaces of this machine");
        }
        var packages = Stream.concat(
                        TOOLS.stream().filter(tool -> !isOnPath(tool.name())).map(Tool::debianPackage),
                        cni().isPresent() ? Stream.empty() : Stream.of("containernetworking-plugins"))
                .distinct()
                .toList();
        if (!packages.isEmpty()) {
            return Optional.of("a cluster with nodes needs these Debian packages: " + String.join(" ", packages));
        }
        if (binaries().isEmpty()) {
            return Optional.of("a cluster with nodes needs Kubernetes' programs: run `make kubernetes NODES=1`");
        }
        return Optional.empty();
    }

    Optional<KubernetesBinaries> binaries() {
        return KubernetesBinaries.find(environment, PROGRAMS);
    }

    /** The folder of the network plugins. */
    Optional<Path> cni() {
        return CNI_FOLDERS.stream()
                .filter(folder -> Files.isExecutable(folder.resolve("ptp"))
                        && Files.isExecutable(folder.resolve("host-local"))
                        && Files.isExecutable(folder.resolve("portmap")))
                .findFirst();
    }

    private boolean isOnPath(String name) {
        var searched = Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return Stream.concat(searched, SYSTEM_FOLDERS.stream())
                .anyMatch(folder -> Files.isExecutable(folder.resolve(name)));
    }
}
