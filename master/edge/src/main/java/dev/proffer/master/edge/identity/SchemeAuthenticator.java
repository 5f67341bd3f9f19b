package dev.proffer.master.edge.identity;

import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.Identity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has credentials checked by who knows their scheme. Wrong ones are refused, even where none are needed. */
public final class SchemeAuthenticator implements Authenticator {
    private static final Verdict ANONYMOUS = new Verdict.Accepted(Identity.ANONYMOUS);

    private final List<CredentialCheck> checks;
    private final boolean anonymous;
    private final List<String> schemes;

    /**
     * @param checks at least one, in the order in which clients are told of them
     * @param anonymous whether clients without credentials are let in
     */
    public SchemeAuthenticator(List<CredentialCheck> checks, boolean anonymous) {
        this.checks = List.copyOf(checks);
        this.anonymous = anonymous;
        this.schemes = this.checks.stream().map(CredentialCheck::scheme).toList();
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException("there is no way to authenticate; name one, or let everybody in");
        }
    }

    @Override
    public CompletionStage<Verdict> authenticate(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return done(anonymous ? ANONYMOUS : refused("there is none"));
        }
        var header = authorization.get().strip();
        int space = header.indexOf(' ');
        var scheme = space < 0 ? header : header.substring(0, space);
        var credentials = space < 0 ? "" : header.substring(space + 1).strip();
        return checks.stream()
                .filter(check -> check.scheme().equalsIgnoreCase(scheme))
                .findFirst()
                .map(check -> check.check(credentials).thenApply(this::withAllSchemes))
                .orElseGet(() -> done(refused("its scheme is another one")));
    }

    private Verdict withAllSchemes(Verdict verdict) {
        return verdict instanceof Verdict.Refused(var _, var text) ? new Verdict.Refused(schemes, text) : verdict;
    }

    private Verdict refused(String what) {
        return new Verdict.Refused(
                schemes,
                "401 Unauthorized. This listener needs an 'Authorization' header with " + String.join(" or ", schemes)
                        + " credentials, but " + what + ".");
    }

    private static CompletionStage<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedStage(verdict);
    }
}
