package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Runs something once a reconciler's own objects have all been read, before the first is looked at. */
public final class Started<P extends HasMetadata> extends AbstractEventSource<P, P> {
    private final Runnable then;

    public Started(Class<P> kind, Runnable then) {
        super(kind, "started");
        this.then = then;
    }

    @Override
    public void start() {
        super.start();
        then.run();
    }

    @Override
    public Set<P> getSecondaryResources(P primary) {
        return Set.of();
    }
}
