package dev.proffer.testing.kubernetes;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A user that an API server knows by a token, until it ends. */
public record Identity(String user, String group, String token) {
    private static final int TOKEN_BYTES = 16;

    /** With a new token. */
    public static Identity of(String user, String group) {
        return new Identity(user, group, newToken());
    }

    static String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** As the API server's file of tokens has it. */
    String line() {
        return token + "," + user + "," + user + "," + group + "\n";
    }
}
