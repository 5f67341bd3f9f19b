package dev.proffer.master.edge.election;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tells one cluster from another: the UID of the namespace that the master's objects live in, which the API server
 * made and keeps. Needs the right to get that namespace.
 */
public final class ClusterUid {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterUid.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private ClusterUid() {}

    /** Asks until there is an answer. Blocks. */
    public static String await(KubernetesClient client, String namespace) throws InterruptedException {
        while (true) {
            try {
                var found = client.namespaces().withName(namespace).get();
                if (found != null) {
                    return found.getMetadata().getUid();
                }
                LOG.warn("namespace={} does not exist: create it", namespace);
            } catch (KubernetesClientException problem) {
                LOG.warn("namespace={} cannot be read: {}", namespace, problem.getMessage());
            }
            Thread.sleep(RETRY);
        }
    }
}
