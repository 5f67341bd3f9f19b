package dev.proffer.operator.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Certificates and keys as text. */
final class Pem {
    private static final int LINE = 64;
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    static String of(PrivateKey key) {
        return block(KEY, key.getEncoded());
    }

    /** @throws IllegalArgumentException if there is none, or one cannot be read */
    static List<X509Certificate> certificates(String text) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("it holds no certificate");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("it is not a certificate in PEM", e);
        }
    }

    /** @throws IllegalArgumentException if it is not a key of ours */
    static PrivateKey key(String text) {
        try {
            var base64 = text.replace("-----BEGIN " + KEY + "-----", "").replace("-----END " + KEY + "-----", "");
            var bytes = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(Authority.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not a private key in PEM", e);
        }
    }

    private static String block(String type, byte[] content) {
        var base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
