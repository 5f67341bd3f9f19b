package dev.proffer.cli.master;

import dev.proffer.cli.CliException;
import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.Listener;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates the master's may be. */
final class Trust {
    private Trust() {}

    /** As PEM text; nothing for a listener that speaks plain text, and for one whose authority everybody knows. */
    static Optional<String> of(KubernetesClient kubernetes, Listener listener) {
        if (!listener.tls()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        kubernetes.configMaps().withName(ClusterAccess.TRUST).get())
                .map(map -> map.getData().get(ClusterAccess.TRUST_KEY));
    }

    static SSLContext context(String authorities) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII)));
            int number = 0;
            for (var certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new CliException(
                    "the master's authority is not a PEM certificate: " + unreadable.getMessage(), unreadable);
        }
    }
}
