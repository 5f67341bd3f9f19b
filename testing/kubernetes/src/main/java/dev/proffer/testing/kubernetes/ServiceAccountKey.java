package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** The key that an API server signs service accounts' tokens with. Made anew for each. */
final class ServiceAccountKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    private ServiceAccountKey(KeyPair pair) {
        this.pair = pair;
    }

    static ServiceAccountKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new ServiceAccountKey(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void writePrivate(Path file) throws IOException {
        Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate()));
    }

    void writePublic(Path file) throws IOException {
        Files.writeString(file, pem("PUBLIC KEY", pair.getPublic()));
    }

    private static String pem(String type, Key key) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    /** Signs the claims of a token, a JSON object, as the API server would. */
    String sign(String claims) {
        var header = URL.encodeToString("{\"alg\":\"ES256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        var signed = header + "." + URL.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + URL.encodeToString(signature(pair.getPrivate(), signed));
    }

    private static byte[] signature(PrivateKey key, String text) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
