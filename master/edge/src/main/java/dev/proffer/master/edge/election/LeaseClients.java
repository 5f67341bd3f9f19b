package dev.proffer.master.edge.election;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Clients that suit an election: an answer that comes late is none, and asking again is the election's own decision. */
public final class LeaseClients {
    /** Two attempts of a read and a write fit into the renew deadline. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private LeaseClients() {}

    /** A client of its own for the API server that {@code base} names. Close it. */
    public static KubernetesClient open(Config base, Vertx vertx) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        var config = new ConfigBuilder(base)
                .withConnectionTimeout(millis)
                .withRequestTimeout(millis)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }
}
