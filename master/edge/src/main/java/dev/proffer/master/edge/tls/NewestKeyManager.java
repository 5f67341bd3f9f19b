package dev.proffer.master.edge.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows each new connection the newest key. A handshake asks for an alias first and for what belongs to it afterwards, so
 * the alias numbers the key, and the one before it is kept for handshakes that are under way.
 */
final class NewestKeyManager extends X509ExtendedKeyManager {
    private final Supplier<CertifiedKey> newest;
    private final AtomicReference<Shown> shown;

    private record Shown(
            long number, CertifiedKey key, @Nullable CertifiedKey before) {
        String alias() {
            return Long.toString(number);
        }
    }

    NewestKeyManager(Supplier<CertifiedKey> newest) {
        this.newest = newest;
        this.shown = new AtomicReference<>(new Shown(0, newest.get(), null));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        var key = newest.get();
        var current = shown.updateAndGet(
                last -> last.key().equals(key) ? last : new Shown(last.number() + 1, key, last.key()));
        return keyType.equals(current.key().algorithm()) ? current.alias() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        var key = key(alias);
        return key == null ? null : key.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        var key = key(alias);
        return key == null ? null : key.key();
    }

    private @Nullable CertifiedKey key(@Nullable String alias) {
        var current = shown.get();
        if (current.alias().equals(alias)) {
            return current.key();
        }
        return Long.toString(current.number() - 1).equals(alias) ? current.before() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        var alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
