package dev.proffer.master.edge.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a token says of itself, unproved: enough to refuse it, never to accept it. Tokens that are no JWT say nothing.
 *
 * @param expiry from which on it is worth nothing
 * @param audiences for whom it was issued; empty if it does not say
 */
record TokenClaims(Optional<Instant> expiry, List<String> audiences) {
    private static final TokenClaims NONE = new TokenClaims(Optional.empty(), List.of());

    static TokenClaims of(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return NONE;
        }
        try {
            var claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
            return new TokenClaims(expiry(claims), audiences(claims));
        } catch (IllegalArgumentException | ClassCastException | DecodeException noJwt) {
            return NONE;
        }
    }

    boolean isExpired(Instant now) {
        return expiry.map(end -> !now.isBefore(end)).orElse(false);
    }

    private static Optional<Instant> expiry(JsonObject claims) {
        return Optional.ofNullable(claims.getLong("exp")).map(Instant::ofEpochSecond);
    }

    private static List<String> audiences(JsonObject claims) {
        return switch (claims.getValue("aud")) {
            case String one -> List.of(one);
            case JsonArray several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }
}
