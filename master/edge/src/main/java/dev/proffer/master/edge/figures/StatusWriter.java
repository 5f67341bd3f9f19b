package dev.proffer.master.edge.figures;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes statuses that changed, at a pace that the API server does not notice. */
final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    /** Ten a second at most, since the registry may write twenty meanwhile; a thousand objects take two minutes. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KubernetesClient client;

    StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Writes the status if it says something new, only if the object is still the one that was seen. Whatever does not
     * succeed is tried again with the next figures.
     *
     * @param status the status to be, in a term
     */
    <S, T extends CustomResource<?, S>> void write(
            T seen, @Nullable S before, @Nullable Long termBefore, long term, Function<@Nullable Long, S> status)
            throws InterruptedException {
        if (status.apply(termBefore).equals(before)) {
            return;
        }
        try {
            var object = Serialization.clone(seen);
            object.setMetadata(new ObjectMetaBuilder(seen.getMetadata())
                    .withManagedFields()
                    .build());
            object.setStatus(status.apply(term));
            client.resource(object).updateStatus();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT
                    && refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.warn("the status of {} cannot be written: {}", name(seen), refused.getMessage());
            }
        }
        Thread.sleep(PAUSE);
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }
}
