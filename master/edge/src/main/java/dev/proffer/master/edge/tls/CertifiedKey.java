package dev.proffer.master.edge.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the key's own first
 */
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {

    CertifiedKey {
        chain = List.copyOf(chain);
    }

    /** @throws IOException if that is not PEM, or the two do not belong together */
    static CertifiedKey parse(Vertx vertx, Buffer certificates, Buffer key) throws IOException {
        var chain = certificates(certificates);
        var own = chain.getFirst();
        var privateKey = key(vertx, certificates, key, own.getPublicKey().getAlgorithm());
        if (privateKey == null || !belongTogether(privateKey, own)) {
            throw new IOException("the key is not the certificate's: both are replaced together");
        }
        return new CertifiedKey(privateKey, chain);
    }

    /** The certificate's own: a client sees it first. */
    Instant expiry() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    String algorithm() {
        return key.getAlgorithm();
    }

    private static List<X509Certificate> certificates(Buffer pem) throws IOException {
        try {
            var parsed =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (parsed.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            return parsed;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate is not PEM: " + e.getMessage(), e);
        }
    }

    private static @Nullable PrivateKey key(Vertx vertx, Buffer certificates, Buffer key, String algorithm)
            throws IOException {
        try {
            var managers = new PemKeyCertOptions()
                    .addCertValue(certificates)
                    .addKeyValue(key)
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers();
            var manager = (X509KeyManager) managers[0];
            var aliases = manager.getServerAliases(algorithm, null);
            return aliases == null ? null : manager.getPrivateKey(aliases[0]);
        } catch (Exception e) {
            // Its message may quote the key.
            throw new IOException(
                    "the key is not PEM of an unencrypted private key ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws IOException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            var probe = new byte[] {1, 2, 3};
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key is of no use for TLS (" + key.getAlgorithm() + ")", e);
        }
    }
}
