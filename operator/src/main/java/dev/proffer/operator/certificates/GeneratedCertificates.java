package dev.proffer.operator.certificates;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.cluster.CertificateHosts;
import dev.proffer.operator.plan.cluster.Certified;
import dev.proffer.operator.plan.cluster.ClusterNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The operator's own authority, and the certificate that it issues: kept while they are good, made anew in time. */
public final class GeneratedCertificates {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String TRUST = "ca.crt";

    /** Masters read their files again within a minute; this leaves room for an operator that is away for weeks. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private final Authority authority;

    public GeneratedCertificates(SecureRandom random) {
        authority = new Authority(random);
    }

    /** What exists, if it is good until long after {@code now}; else anew. */
    public Certified certify(
            ProfferCluster cluster, Optional<Secret> authoritySecret, Optional<Secret> certificateSecret, Instant now) {
        var root = authoritySecret
                .flatMap(GeneratedCertificates::read)
                .filter(identity -> lasts(identity, now, RENEWED_BEFORE))
                .orElseGet(() -> authority.create(
                        "proffer " + cluster.getMetadata().getNamespace() + "/"
                                + cluster.getMetadata().getName(),
                        now));
        var leaf = certificateSecret
                .flatMap(GeneratedCertificates::read)
                .filter(identity -> lasts(identity, now, RENEWED_BEFORE) && isGood(cluster, root, identity))
                .orElseGet(() -> authority.issue(root, CertificateHosts.of(cluster), now));
        var trust = Pem.of(root.certificate());
        return new Certified(
                ClusterNames.CERTIFICATE,
                Optional.of(trust),
                List.of(
                        secret(cluster, ClusterNames.AUTHORITY, root, trust),
                        secret(cluster, ClusterNames.CERTIFICATE, leaf, trust)),
                Optional.empty());
    }

    private static boolean lasts(Identity identity, Instant now, Duration atLeast) {
        return identity.certificate().getNotAfter().toInstant().isAfter(now.plus(atLeast));
    }

    private static boolean isGood(ProfferCluster cluster, Identity root, Identity leaf) {
        try {
            leaf.certificate().verify(root.certificate().getPublicKey());
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
        return new TreeSet<>(Authority.hosts(leaf.certificate())).containsAll(CertificateHosts.of(cluster));
    }

    private static Optional<Identity> read(Secret secret) {
        try {
            return GivenCertificate.text(secret, CERTIFICATE)
                    .flatMap(chain -> GivenCertificate.text(secret, KEY)
                            .map(key -> new Identity(Pem.certificates(chain).getFirst(), Pem.key(key))));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static Secret secret(ProfferCluster cluster, String name, Identity identity, String trust) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(Labels.ofCluster(cluster.getMetadata().getName(), "master"))
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(Map.of(
                        CERTIFICATE, encode(Pem.of(identity.certificate())),
                        KEY, encode(Pem.of(identity.key())),
                        TRUST, encode(trust)))
                .build();
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
