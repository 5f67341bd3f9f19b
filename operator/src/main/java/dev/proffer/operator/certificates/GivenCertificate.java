package dev.proffer.operator.certificates;

import dev.proffer.operator.plan.cluster.Certified;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A certificate that people, or cert-manager, keep in a Secret. */
public final class GivenCertificate {
    private GivenCertificate() {}

    /** Looks whether masters can serve with what is in the Secret of that name. */
    public static Certified certify(String name, Optional<Secret> secret, Instant now) {
        return new Certified(
                name,
                secret.flatMap(it -> text(it, GeneratedCertificates.TRUST)),
                List.of(),
                secret.map(it -> problem(it, now))
                        .orElseGet(
                                () -> Optional.of(
                                        "Secret '" + name
                                                + "' does not exist; create it, of type kubernetes.io/tls, with tls.crt, tls.key and ca.crt.")));
    }

    private static Optional<String> problem(Secret secret, Instant now) {
        var name = secret.getMetadata().getName();
        for (var key :
                List.of(GeneratedCertificates.CERTIFICATE, GeneratedCertificates.KEY, GeneratedCertificates.TRUST)) {
            if (text(secret, key).isEmpty()) {
                return Optional.of("Secret '" + name + "' has no " + key + "; add it.");
            }
        }
        try {
            var leaf = Pem.certificates(
                            text(secret, GeneratedCertificates.CERTIFICATE).orElseThrow())
                    .getFirst();
            return leaf.getNotAfter().toInstant().isAfter(now)
                    ? Optional.empty()
                    : Optional.of("The certificate in Secret '" + name + "' expired at "
                            + leaf.getNotAfter().toInstant() + "; replace it, masters read it again by themselves.");
        } catch (IllegalArgumentException unreadable) {
            return Optional.of("tls.crt of Secret '" + name + "' cannot be used: " + unreadable.getMessage()
                    + "; replace it by a certificate in PEM.");
        }
    }

    static Optional<String> text(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(Map::copyOf)
                .map(data -> data.get(key))
                .filter(value -> !value.isEmpty())
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }
}
