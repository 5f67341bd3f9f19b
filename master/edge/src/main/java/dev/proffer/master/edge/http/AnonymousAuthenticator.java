package dev.proffer.master.edge.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows nobody: lets everybody in without a name, or nobody at all. */
public final class AnonymousAuthenticator implements Authenticator {
    private static final Verdict ACCEPTED = new Verdict.Accepted(Optional.empty());
    private static final Verdict REFUSED = new Verdict.Refused(
            "Basic realm=\"mesos-master-scheduler\"",
            "This listener does not take anonymous clients: send credentials in an Authorization header.");

    private final boolean allowed;

    public AnonymousAuthenticator(boolean allowed) {
        this.allowed = allowed;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Optional<String> authorization) {
        return CompletableFuture.completedStage(allowed ? ACCEPTED : REFUSED);
    }
}
