package dev.proffer.master.edge.policy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one kind's objects by an informer: it lists, watches, and does both again when the watch breaks or expires. */
final class InformerSource<T extends HasMetadata> implements KindSource<T> {
    private static final Logger LOG = LoggerFactory.getLogger(InformerSource.class);

    private final KubernetesClient client;
    private final Class<T> kind;
    private final @Nullable String namespace;

    private Runnable changed = () -> {};
    private @Nullable SharedIndexInformer<T> informer;

    /** @param namespace null for all */
    InformerSource(KubernetesClient client, Class<T> kind, @Nullable String namespace) {
        this.client = client;
        this.kind = kind;
        this.namespace = namespace;
    }

    @Override
    public synchronized void start(Runnable whenChanged) {
        changed = whenChanged;
        begin();
    }

    private void begin() {
        var begun = objectsOfKind().runnableInformer(/* resyncPeriodMillis= */ 0);
        begun.addEventHandler(new Told());
        // For ever: permissions come back, and so does a kind. The informer waits longer from try to try.
        begun.exceptionHandler((_, problem) -> {
            LOG.warn(
                    "objects of kind {} cannot be followed, will try again: {}",
                    kind.getSimpleName(),
                    problem.toString());
            return true;
        });
        informer = begun;
        begun.start().whenComplete((_, _) -> changed.run());
    }

    @Override
    public synchronized boolean isKnown() {
        return informer != null && informer.hasSynced();
    }

    @Override
    public synchronized Collection<T> objects() {
        return informer == null ? List.of() : List.copyOf(informer.getStore().list());
    }

    @Override
    public @Nullable Map<String, String> versions() {
        try {
            // Version 0 is answered from the API server's memory.
            var options = new ListOptionsBuilder().withResourceVersion("0").build();
            return KindView.versions(objectsOfKind().list(options).getItems());
        } catch (KubernetesClientException unanswered) {
            LOG.warn("objects of kind {} cannot be listed: {}", kind.getSimpleName(), unanswered.getMessage());
            return null;
        }
    }

    @Override
    public boolean stands() {
        try {
            var definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(HasMetadata.getFullResourceName(kind))
                    .get();
            return definition != null && definition.getMetadata().getDeletionTimestamp() == null;
        } catch (KubernetesClientException unanswered) {
            boolean mayNotAsk = unanswered.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
            return mayNotAsk && versions() != null;
        }
    }

    @Override
    public synchronized void restart() {
        var silent = informer;
        begin();
        if (silent != null) {
            silent.stop();
        }
    }

    @Override
    public synchronized void close() {
        if (informer != null) {
            informer.stop();
        }
    }

    private FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> objectsOfKind() {
        var all = client.resources(kind);
        return namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
    }

    private final class Told implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T object) {
            changed.run();
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            changed.run();
        }
    }
}
