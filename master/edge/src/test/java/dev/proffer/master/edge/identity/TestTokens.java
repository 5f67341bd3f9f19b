package dev.proffer.master.edge.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Tokens that say when they expire and for whom they are; signed by nobody. */
public final class TestTokens {
    public static final String AUDIENCE = "proffer";

    private TestTokens() {}

    public static String of(String subject, Instant expiry) {
        return of(subject, expiry, AUDIENCE);
    }

    public static String of(String subject, Instant expiry, String audience) {
        var claims = new JsonObject()
                .put("sub", subject)
                .put("exp", expiry.getEpochSecond())
                .put("aud", new JsonArray().add(audience));
        return base64("{\"alg\":\"none\"}") + "." + base64(claims.encode()) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
