package dev.proffer.local;

import dev.proffer.local.kubernetes.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
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
                ? given(settings.kubeconfig().get())
                : embedded(settings.dir().resolve("kubernetes.json"), settings.namespace());
    }

    /** Whoever gives it has made the namespace. */
    private static KubernetesApi given(Path kubeconfig) {
        return new KubernetesApi(Config.fromKubeconfig(kubeconfig.toFile()), Optional.empty());
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
