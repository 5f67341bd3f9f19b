package dev.proffer.master.edge.tls;

import dev.proffer.master.edge.files.ReloadedFiles;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * The certificate that a port shows. Each new connection is shown the newest one; those that are open are left alone. Any
 * thread.
 */
public final class ServerCertificate {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Forward secret and authenticated: what every client of the last ten years speaks. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final String port;
    private final ReloadedFiles<CertifiedKey> files;
    private final NewestKeyManager keyManager;

    private ServerCertificate(String port, ReloadedFiles<CertifiedKey> files) {
        this.port = port;
        this.files = files;
        this.keyManager = new NewestKeyManager(files::value);
    }

    /**
     * Reads it for the first time.
     *
     * @param port whose it is, for messages and figures
     * @param vertx reads PEM
     * @throws IllegalStateException if it cannot be used; the message names the file and says why
     */
    public static ServerCertificate open(String port, TlsFiles files, Vertx vertx) {
        return new ServerCertificate(
                port,
                ReloadedFiles.open(
                        "the certificate of " + port,
                        List.of(files.certificate(), files.key()),
                        contents -> CertifiedKey.parse(
                                vertx, contents.get(0).bytes(), contents.get(1).bytes())));
    }

    public String port() {
        return port;
    }

    /** To be watched for changes. */
    public ReloadedFiles<?> files() {
        return files;
    }

    /** When clients begin to refuse it. */
    public Instant expiry() {
        return files.value().expiry();
    }

    /** What is wrong with it at that time, if anything is. */
    public Optional<String> problem(Instant now) {
        if (!now.isBefore(expiry())) {
            return Optional.of("the certificate of " + port + " has expired at " + expiry() + ": renew it");
        }
        return files.problem()
                .map(reason -> "the certificate of " + port + " was replaced by one that cannot be used: " + reason);
    }

    /** Has an HTTP server speak TLS with it. */
    public void secure(HttpServerOptions options) {
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(Set.copyOf(PROTOCOLS))
                .setKeyCertOptions(KeyCertOptions.wrap(keyManager));
        CIPHERS.forEach(options::addEnabledCipherSuite);
    }

    /** For servers on Netty. */
    public SslContext sslContext() {
        try {
            return SslContextBuilder.forServer(keyManager)
                    .protocols(PROTOCOLS)
                    .ciphers(CIPHERS)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS of " + port + " cannot be set up: " + e.getMessage(), e);
        }
    }
}
