package dev.proffer.master.edge;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.policy.PolicySource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells each term what policy is, at its beginning and whenever it changes. */
final class PolicyFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Optional<LeadingTerm>> current;
    private final @Nullable KubernetesClient client;
    private final @Nullable PolicySource source;

    PolicyFeed(MasterNodeConfig config, Supplier<Optional<LeadingTerm>> current) {
        this.current = current;
        switch (config.policy()) {
            case PolicyOrigin.None() -> {
                client = null;
                source = null;
            }
            case PolicyOrigin.Objects(var place, var kubernetes) -> {
                var opened = client(kubernetes, config.vertx());
                client = opened;
                source = new PolicySource(place, opened, config.time(), config.meters(), _ -> publish());
            }
        }
    }

    private static KubernetesClient client(Config kubernetes, Vertx vertx) {
        int millis = Math.toIntExact(PATIENCE.toMillis());
        var config = new ConfigBuilder(kubernetes)
                .withConnectionTimeout(millis)
                .withRequestTimeout(millis)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }

    void start() {
        if (source != null) {
            source.start();
        }
    }

    /** Tells the present term. One after the other, so that a term hears of the latest policy last. */
    synchronized void publish() {
        if (source != null) {
            source.current()
                    .ifPresent(policy ->
                            current.get().ifPresent(term -> term.writer().put(new MasterInput.PolicyChanged(policy))));
        }
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (client != null) {
            client.close();
        }
    }
}
