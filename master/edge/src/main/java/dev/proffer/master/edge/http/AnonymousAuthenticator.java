package dev.proffer.master.edge.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets everybody in and asks nobody who he is. */
public final class AnonymousAuthenticator implements Authenticator {
    private static final Verdict ACCEPTED = new Verdict.Accepted(Identity.ANONYMOUS);

    @Override
    public CompletionStage<Verdict> authenticate(Optional<String> authorization) {
        return CompletableFuture.completedStage(ACCEPTED);
    }
}
