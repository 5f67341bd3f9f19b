package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the API server does not want, as a sentence for a condition. What may be better in a moment is thrown. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** Does it; empty if that went well. */
    public static Optional<String> attempt(HasMetadata object, Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() >= 500 || e.getCode() < 400) {
                throw e;
            }
            LOG.warn("{} {} was refused", object.getKind(), object.getMetadata().getName(), e);
            var status = e.getStatus();
            return Optional.of("%s '%s' is refused by the API server: %s"
                    .formatted(
                            object.getKind(),
                            object.getMetadata().getName(),
                            status == null ? e.getMessage() : status.getMessage()));
        }
    }
}
