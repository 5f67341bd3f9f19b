package dev.proffer.cli;

import dev.proffer.cli.output.Output;
import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster is meant, and how to answer; the options that all commands have. */
public final class ClusterOptions {
    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "The ProfferCluster's namespace; the context's, if absent.")
    private @Nullable String namespace;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "The ProfferCluster's name; the only one of the namespace, if absent.")
    private @Nullable String cluster;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig file to use.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context of the kubeconfig file to use.")
    private @Nullable String context;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Where the master is, such as https://master.example.com:5050; by a port-forward to the leader, if absent.")
    private @Nullable String master;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A token for the master; one of the ServiceAccount proffer-viewer is asked for, if absent.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "The master's authority as a PEM file; as the cluster's ConfigMap proffer-trust has it, if absent.")
    private @Nullable Path caFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.",
            defaultValue = "table")
    private Output output = Output.table;

    public Output output() {
        return output;
    }

    public Optional<String> master() {
        return Optional.ofNullable(master);
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }

    public Optional<Path> caFile() {
        return Optional.ofNullable(caFile);
    }

    /** Close it. */
    public KubernetesClient kubernetes() {
        var found = kubeconfig == null
                ? Config.autoConfigure(context)
                : Config.fromKubeconfig(context, kubeconfig.toFile());
        var config = namespace == null
                ? found
                : new ConfigBuilder(found).withNamespace(namespace).build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** @throws CliException if there is none, or more than one and none is named */
    public ProfferCluster cluster(KubernetesClient kubernetes) {
        var where = kubernetes.getNamespace();
        var clusters = kubernetes.resources(ProfferCluster.class).list().getItems();
        if (cluster != null) {
            return clusters.stream()
                    .filter(one -> one.getMetadata().getName().equals(cluster))
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                            "there is no ProfferCluster '" + cluster + "' in namespace '" + where + "'"));
        }
        return switch (clusters.size()) {
            case 0 ->
                throw new CliException(
                        "there is no ProfferCluster in namespace '" + where + "'; name its namespace by -n");
            case 1 -> clusters.getFirst();
            default ->
                throw new CliException(
                        "there are several ProfferClusters in namespace '" + where + "'; name one by --cluster: "
                                + clusters.stream()
                                        .map(one -> one.getMetadata().getName())
                                        .collect(Collectors.joining(", ")));
        };
    }
}
