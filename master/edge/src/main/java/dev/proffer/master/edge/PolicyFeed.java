package dev.proffer.master.edge;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.figures.FigurePublisher;
import dev.proffer.master.edge.figures.LeaderView;
import dev.proffer.master.edge.policy.PolicyOrigin;
import dev.proffer.master.edge.policy.PolicySource;
import dev.proffer.model.FrameworkId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells each term what policy is, at its beginning and whenever it changes, and has people told what becomes of it. */
final class PolicyFeed implements AutoCloseable {
    private final Supplier<Optional<LeadingTerm>> current;
    private final @Nullable KubernetesClient client;
    private final @Nullable PolicySource source;
    private final @Nullable FigurePublisher figures;

    PolicyFeed(MasterNodeConfig config, Supplier<Optional<LeadingTerm>> current) {
        this.current = current;
        switch (config.policy()) {
            case PolicyOrigin.None() -> {
                client = null;
                source = null;
                figures = null;
            }
            case PolicyOrigin.Objects(var place, var kubernetes) -> {
                var opened = ApiClients.open(kubernetes, config.vertx());
                client = opened;
                var watched = new PolicySource(place, opened, config.time(), config.meters(), _ -> publish());
                source = watched;
                figures = new FigurePublisher(
                        opened, watched::objects, () -> current.get().map(TermView::new), config.time());
            }
        }
    }

    void start() {
        if (source != null) {
            source.start();
        }
        if (figures != null) {
            figures.start();
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
        if (figures != null) {
            figures.close();
        }
        if (client != null) {
            client.close();
        }
    }

    private record TermView(LeadingTerm leading) implements LeaderView {
        @Override
        public long term() {
            return leading.term();
        }

        @Override
        public CompletionStage<MasterSnapshot> snapshot() {
            return leading.writer().snapshot();
        }

        @Override
        public CompletionStage<Explained> explain(FrameworkId framework) {
            return leading.explanations().ask(framework, Optional.empty(), Optional.empty());
        }
    }
}
