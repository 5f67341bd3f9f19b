package dev.proffer.testing.kubernetes.policy;

import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.Proof;
import dev.proffer.model.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Believes that a client is the ServiceAccount that it says: {@code namespace/name}. */
final class ClaimedAccount implements Authenticator {
    @Override
    public CompletionStage<Verdict> authenticate(Optional<String> authorization) {
        return CompletableFuture.completedStage(authorization
                .map(claim -> claim.split("/", 2))
                .filter(claim -> claim.length == 2)
                .<Verdict>map(claim -> new Verdict.Accepted(
                        new Identity(Optional.of(Principal.serviceAccount(claim[0], claim[1])), Proof.LASTING)))
                .orElseGet(() -> new Verdict.Refused(List.of("Claim"), "say who you are")));
    }
}
