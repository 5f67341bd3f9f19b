package dev.proffer.master.edge.identity;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.master.edge.http.Authenticator.Verdict;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.model.Principal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Names and secrets, as Mesos' clients send them. A Framework's credentials prove its group, and nothing else does. */
public final class BasicCheck implements CredentialCheck {
    private static final String BASIC = "Basic";

    private final Supplier<BasicCredentials> credentials;

    /** @param credentials that are accepted; may change */
    public BasicCheck(Supplier<BasicCredentials> credentials) {
        this.credentials = credentials;
    }

    @Override
    public String scheme() {
        return BASIC;
    }

    /** As in Mesos there is exactly one colon, so secrets have none. */
    @Override
    public CompletionStage<Verdict> check(String sent) {
        var pair = decode(sent).split(":", -1);
        if (pair.length != 2 || pair[0].isEmpty()) {
            return CompletableFuture.completedStage(
                    refused("The credentials are not the base64 of principal:secret, with one ':'."));
        }
        var proved = credentials.get().proved(pair[0], pair[1]);
        if (proved.isEmpty()) {
            return CompletableFuture.completedStage(refused("The principal or its secret is wrong."));
        }
        var identity = new Identity(Optional.of(principal(pair[0], proved)), new SecretProof(credentials, proved));
        return CompletableFuture.completedStage(new Verdict.Accepted(identity));
    }

    private static Principal principal(String name, List<BasicCredential> proved) {
        var groups = proved.stream()
                .flatMap(credential -> credential.framework().stream())
                .flatMap(BasicCheck::group)
                .distinct()
                .sorted()
                .toList();
        return new Principal(name, groups);
    }

    private static Stream<String> group(String framework) {
        var parts = framework.split("/", -1);
        return parts.length == 2 ? Stream.of(ClusterAccess.frameworkGroup(parts[0], parts[1])) : Stream.empty();
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

    /**
     * Holds until a secret by which the client was recognised is changed or taken away.
     *
     * @param proved what its secret matched
     */
    private record SecretProof(Supplier<BasicCredentials> credentials, List<BasicCredential> proved) implements Proof {
        @Override
        public Instant expiry() {
            return Instant.MAX;
        }

        @Override
        public CompletionStage<Boolean> holds() {
            return CompletableFuture.completedStage(credentials.get().include(proved));
        }
    }
}
