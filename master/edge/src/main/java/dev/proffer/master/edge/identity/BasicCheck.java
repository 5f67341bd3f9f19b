package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.http.Authenticator.Verdict;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.model.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Names and secrets, as Mesos' clients send them. */
public final class BasicCheck implements CredentialCheck {
    private static final String BASIC = "Basic";

    /** Compared with in place of an unknown principal's, so that the time does not tell who is known. */
    private static final byte[] NOBODY = TokenHash.digest("");

    private final Supplier<Map<String, byte[]>> digests;

    /** @param digests of the secrets, by principal; may change */
    public BasicCheck(Supplier<Map<String, byte[]>> digests) {
        this.digests = digests;
    }

    @Override
    public String scheme() {
        return BASIC;
    }

    /** As in Mesos there is exactly one colon, so secrets have none. */
    @Override
    public CompletionStage<Verdict> check(String credentials) {
        var pair = decode(credentials).split(":", -1);
        if (pair.length != 2 || pair[0].isEmpty()) {
            return CompletableFuture.completedStage(
                    refused("The credentials are not the base64 of principal:secret, with one ':'."));
        }
        var digest = TokenHash.digest(pair[1]);
        if (!isKnown(pair[0], digest)) {
            return CompletableFuture.completedStage(refused("The principal or its secret is wrong."));
        }
        var identity = new Identity(Optional.of(Principal.named(pair[0])), new SecretProof(pair[0], digest));
        return CompletableFuture.completedStage(new Verdict.Accepted(identity));
    }

    private boolean isKnown(String principal, byte[] digest) {
        var expected = digests.get().get(principal);
        boolean same = MessageDigest.isEqual(digest, expected == null ? NOBODY : expected);
        return same && expected != null;
    }

    private static Verdict refused(String text) {
        return new Verdict.Refused(List.of(BASIC), "401 Unauthorized. " + text);
    }

    /** Empty if it is no text. */
    private static String decode(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return "";
        }
    }

    /** Holds until the secret is changed or taken away. */
    private final class SecretProof implements Proof {
        private final String principal;
        private final byte[] digest;

        SecretProof(String principal, byte[] digest) {
            this.principal = principal;
            this.digest = Arrays.copyOf(digest, digest.length);
        }

        @Override
        public Instant expiry() {
            return Instant.MAX;
        }

        @Override
        public CompletionStage<Boolean> holds() {
            return CompletableFuture.completedStage(isKnown(principal, digest));
        }
    }
}
