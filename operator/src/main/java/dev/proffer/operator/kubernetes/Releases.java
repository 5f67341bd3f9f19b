package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets objects go that are being deleted and carry a finalizer of ours. A reconciler of the SDK is told of these only if all of
 * its objects carry one, and then those that need none would be stuck once the operator is uninstalled.
 */
public final class Releases<P extends HasMetadata> extends AbstractEventSource<P, P> {
    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
    private static final PatchContext MERGE =
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

    /** What was refused or failed is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Informable<P> objects;
    private final String finalizer;
    private final Predicate<P> mayGo;
    private final Consumer<P> gone;
    private @Nullable SharedIndexInformer<P> informer;
    private @Nullable ExecutorService executor;

    /**
     * @param mayGo whether the object can be let go; does before what has to be done. May throw, and is asked again
     * @param gone is told of each object that is no more there, whether it carried the finalizer or not; is to be quick
     */
    public Releases(
            Class<P> kind,
            KubernetesClient client,
            Informable<P> objects,
            String finalizer,
            Predicate<P> mayGo,
            Consumer<P> gone) {
        super(kind, "releases");
        this.client = client;
        this.objects = objects;
        this.finalizer = finalizer;
        this.mayGo = mayGo;
        this.gone = gone;
    }

    @Override
    public void start() {
        super.start();
        executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("releases").factory());
        informer = objects.inform(
                new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(P object) {
                        look(object);
                    }

                    @Override
                    public void onUpdate(P before, P now) {
                        look(now);
                    }

                    @Override
                    public void onDelete(P object, boolean finalStateUnknown) {
                        gone.accept(object);
                    }
                },
                AGAIN.toMillis());
    }

    @Override
    public void stop() {
        super.stop();
        if (informer != null) {
            informer.stop();
        }
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    @Override
    public Set<P> getSecondaryResources(P primary) {
        return Set.of();
    }

    private void look(P object) {
        var worker = executor;
        if (object.getMetadata().getDeletionTimestamp() != null
                && object.getMetadata().getFinalizers().contains(finalizer)
                && worker != null
                && isRunning()) {
            worker.execute(() -> release(object));
        }
    }

    private void release(P object) {
        var name = object.getMetadata().getName();
        try {
            if (mayGo.test(object)) {
                patch(
                        client,
                        object,
                        object.getMetadata().getFinalizers().stream()
                                .filter(one -> !one.equals(finalizer))
                                .toList());
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warn("{} {} cannot be let go yet", object.getKind(), name, e);
            }
        }
    }

    /** Fails with a conflict if the object is not any more as it was read. */
    static void patch(KubernetesClient client, HasMetadata object, List<String> finalizers) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
        metadata.put("finalizers", finalizers);
        client.resource(object).patch(MERGE, Serialization.asJson(Map.of("metadata", metadata)));
    }
}
