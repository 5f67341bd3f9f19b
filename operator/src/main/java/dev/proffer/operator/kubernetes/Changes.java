package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Set;
import java.util.function.Consumer;

/** A change of something that all primaries depend on: every one is looked at again. */
public final class Changes<P extends HasMetadata> extends AbstractEventSource<HasMetadata, P> {
    private final Consumer<Runnable> subscription;
    private final IndexerResourceCache<P> primaries;

    /** @param subscription takes what is to be run on a change */
    public Changes(String name, Consumer<Runnable> subscription, EventSourceContext<P> context) {
        super(HasMetadata.class, name);
        this.subscription = subscription;
        this.primaries = context.getPrimaryCache();
    }

    @Override
    public void start() {
        super.start();
        subscription.accept(this::changed);
    }

    @Override
    public Set<HasMetadata> getSecondaryResources(P primary) {
        return Set.of();
    }

    private void changed() {
        if (isRunning()) {
            primaries
                    .list()
                    .forEach(primary -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(primary))));
        }
    }
}
