package dev.proffer.master.edge;

import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and at what pace masters elect their leader.
 *
 * @param kubernetes how the API server is reached
 * @param namespace of the Lease; its UID is the cluster's
 * @param cluster the ProfferCluster that keeps the term as well, if there is one
 * @param leaseDuration how long the others leave an unrenewed Lease alone
 * @param renewDeadline how long this master leads after the last renewal that was confirmed
 * @param retry pause between renewals, and between a standby's looks
 */
public record ElectionPlace(
        Config kubernetes,
        String namespace,
        String lease,
        Optional<String> cluster,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retry) {

    /** 15 s, 10 s and 2 s. */
    public static ElectionPlace of(Config kubernetes, String namespace, String lease, Optional<String> cluster) {
        return new ElectionPlace(
                kubernetes,
                namespace,
                lease,
                cluster,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }
}
