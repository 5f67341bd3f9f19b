package dev.proffer.local;

import dev.proffer.local.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The Kubernetes API that a local cluster is built over: embedded, or a given one. */
final class KubernetesApi implements AutoCloseable {
    private final Config clientConfig;
    private final Optional<EmbeddedKubernetes> embedded;

    private KubernetesApi(Config clientConfig, Optional<EmbeddedKubernetes> embedded) {
        this.clientConfig = clientConfig;
        this.embedded = embedded;
    }

    static KubernetesApi of(LocalSettings settings) throws IOException {
        return settings.kubeconfig().isPresent()
                ? given(settings.kubeconfig().get(), settings.namespace())
                : embedded(settings.dir().resolve("kubernetes.json"), settings.namespace());
    }

    /** Whoever gives it has made the namespace. */
    private static KubernetesApi given(Path kubeconfig, String namespace) throws IOException {
        if (!Files.isReadable(kubeconfig)) {
            throw new IOException("proffer.local.kubeconfig: cannot read " + kubeconfig);
        }
        var config = Config.fromKubeconfig(kubeconfig.toFile());
        var quick = new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
        try (var client = new KubernetesClientBuilder().withConfig(quick).build()) {
            if (client.namespaces().withName(namespace).get() == null) {
                throw new IllegalStateException("proffer.local.namespace: " + config.getMasterUrl()
                        + " has no namespace " + namespace + "; make it: kubectl create namespace " + namespace);
            }
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "proffer.local.kubeconfig: " + config.getMasterUrl() + " does not answer: " + e.getMessage(), e);
        }
        return new KubernetesApi(config, Optional.empty());
    }

    private static KubernetesApi embedded(Path file, String namespace) throws IOException {
        var api = EmbeddedKubernetes.start(file);
        api.ensureNamespace(namespace);
        return new KubernetesApi(api.clientConfig(), Optional.of(api));
    }

    Config clientConfig() {
        return clientConfig;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedKubernetes::close);
    }
}
