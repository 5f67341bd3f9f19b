package dev.proffer.testing.authority;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Issues certificates for 127.0.0.1 and localhost, as files. Its keys live as long as the test. */
public final class TestAuthority {
    private static final Duration LIFETIME = Duration.ofHours(1);

    /** Where a certificate and its key are, PEM. */
    public record Issued(Path certificate, Path key) {}

    private final Duration lifetime;
    private final KeyPair keys;
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        this(name, LIFETIME);
    }

    /** {@code lifetime} is that of its own certificate and of those that it issues. */
    public TestAuthority(String name, Duration lifetime) {
        this.lifetime = lifetime;
        this.keys = ecKeys();
        this.certificate = sign(
                "CN=" + name,
                keys.getPublic(),
                "CN=" + name,
                keys.getPrivate(),
                Instant.now().plus(lifetime),
                true);
    }

    public static KeyPair ecKeys() {
        return keys("EC", 256);
    }

    public static KeyPair rsaKeys() {
        return keys("RSA", 2048);
    }

    /** A certificate for new keys, written over what is in {@code folder}, the way a mounted Secret changes. */
    public Issued issue(Path folder) {
        return issue(folder, ecKeys(), Instant.now().plus(lifetime));
    }

    /** For a client: {@code subject} is a distinguished name, {@code CN=alice,O=tenants} say. */
    public Issued issueClient(Path folder, String subject) {
        return issue(folder, subject, ecKeys(), Instant.now().plus(lifetime));
    }

    public Issued issue(Path folder, KeyPair subject, Instant expiry) {
        return issue(folder, "CN=server", subject, expiry);
    }

    private Issued issue(Path folder, String name, KeyPair subject, Instant expiry) {
        var own = sign(
                name,
                subject.getPublic(),
                certificate.getSubjectX500Principal().getName(),
                keys.getPrivate(),
                expiry,
                false);
        var files = new Issued(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        replace(files.certificate(), pem(own));
        replace(files.key(), pem(subject.getPrivate()));
        return files;
    }

    /** Its own certificate, as clients are given it. */
    public Path certificate(Path folder) {
        var file = folder.resolve("ca.crt");
        replace(file, pem(certificate));
        return file;
    }

    /** Its own key, for who issues certificates in its name. */
    public Path key(Path folder) {
        var file = folder.resolve("ca.key");
        replace(file, pem(keys.getPrivate()));
        return file;
    }

    /** What a client that trusts this authority alone uses. */
    public SSLContext clientContext() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("ca", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void replace(Path file, String text) {
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(
            String subject, PublicKey key, String issuer, PrivateKey issuerKey, Instant expiry, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(expiry.minus(lifetime.multipliedBy(2))),
                    Date.from(expiry),
                    new X500Principal(subject),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RSA keys come out as PKCS #1, as many tools write them, and others as PKCS #8. */
    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    object instanceof ECPrivateKey key ? new PemObject("PRIVATE KEY", key.getEncoded()) : object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
