package dev.proffer.operator.plan.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The certificate of a cluster's masters.
 *
 * @param secret the name of the Secret that masters mount: tls.crt, tls.key
 * @param trust the certificates, in PEM, that clients are to trust; empty if it is not known yet
 * @param objects what it is kept in or asked for with, to be applied with the other children
 * @param problem why masters cannot serve with it, and what to do
 */
public record Certified(String secret, Optional<String> trust, List<HasMetadata> objects, Optional<String> problem) {
    public Certified {
        objects = List.copyOf(objects);
    }
}
