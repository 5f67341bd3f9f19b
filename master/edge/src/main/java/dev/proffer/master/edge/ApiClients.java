package dev.proffer.master.edge;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Clients for all that is not an election: patient, and apart from it, so that nothing holds up a Lease. */
final class ApiClients {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ApiClients() {}

    /** A client of its own for the API server that {@code base} names. Close it. */
    static KubernetesClient open(Config base, Vertx vertx) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        var config = new ConfigBuilder(base)
                .withConnectionTimeout(millis)
                .withRequestTimeout(millis)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }
}
