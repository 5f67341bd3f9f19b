package dev.proffer.master.edge;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.policy.PolicySource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells each term what policy is, at its beginning and whenever it changes. */
final class PolicyFeed implements AutoCloseable {
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
                var opened = ApiClients.open(kubernetes, config.vertx());
                client = opened;
                source = new PolicySource(place, opened, config.time(), config.meters(), _ -> publish());
            }
        }
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
