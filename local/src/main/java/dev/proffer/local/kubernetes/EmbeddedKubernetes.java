package dev.proffer.local.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;

/**
 * A Kubernetes API on a loopback port: objects with resource versions, conflicts, watches and status subresources, but
 * neither schemas nor RBAC nor controllers. Objects, their UIDs included, are kept in a file and are there again after a
 * restart, however abrupt the end was.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    private final KubernetesMockServer server;

    private EmbeddedKubernetes(KubernetesMockServer server) {
        this.server = server;
    }

    /**
     * Starts the API with what {@code file} holds; a missing file means an empty cluster.
     *
     * @throws IOException if the file is there but cannot be read
     */
    public static EmbeddedKubernetes start(Path file) throws IOException {
        var http = new MockWebServer();
        var dispatcher = new StoringDispatcher(ObjectFile.open(file), http);
        var server = new KubernetesMockServer(new Context(), http, new HashMap<>(), dispatcher, /* useHttps= */ false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        return new EmbeddedKubernetes(server);
    }

    /** How clients of this API are configured; each user builds its own client and closes it. */
    public Config clientConfig() {
        try (var client = server.createClient()) {
            return client.getConfiguration();
        }
    }

    /** Creates the namespace unless it is there. */
    public void ensureNamespace(String name) {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(clientConfig()).build()) {
            var namespaces = client.namespaces();
            if (namespaces.withName(name).get() == null) {
                namespaces
                        .resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create();
            }
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
